package org.tailrace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tailrace.StoppedQuery.Standing;
import org.tailrace.error.TailraceException;
import org.tailrace.report.CheckpointReport;
import org.tailrace.report.CheckpointReport.LoggedBatch;

/** What earlier sessions have left to be resumed: read once, when the session starts, and looked into when asked. Any thread. */
final class EarlierQueries {
    /** For the process, as file locks are: whoever opens the lock file of a checkpoint that its own process holds frees it. */
    private static final Set<Path> OPENED_HERE = ConcurrentHashMap.newKeySet();

    private static final Pattern HOLDER = Pattern.compile("process ([0-9]{1,18}) on .*", Pattern.DOTALL);

    private final Tailrace session;
    private final @Nullable KnownQueries known;
    private final String notebook;
    private final List<KnownQueries.Entry> earlier;

    EarlierQueries(Tailrace session, @Nullable Path folder, String notebook) {
        this.session = session;
        this.notebook = notebook;
        known = folder == null ? null : new KnownQueries(session.environment().files(), folder);
        earlier = earlier(known);
    }

    private static List<KnownQueries.Entry> earlier(@Nullable KnownQueries known) {
        try {
            return known == null ? List.of() : known.all();
        } catch (IOException unreadable) {
            // A session starts also where the user's folder cannot be read; it then knows of no other.
            return List.of();
        }
    }

    /** Before the query takes the lock. */
    void opening(Path checkpoint) {
        OPENED_HERE.add(KnownQueries.absolute(checkpoint));
    }

    /** After the query has taken the lock. It runs, whether or not it could be written down. */
    void opened(String name, Path checkpoint) {
        if (known != null) {
            try {
                known.add(name, checkpoint, notebook);
            } catch (IOException e) {
                session.host().note("later sessions will not list '" + name + "': " + e.getMessage());
            }
        }
    }

    /**
     * @param own folders of this session's queries
     * @param everywhere also those of other notebooks
     */
    List<StoppedQuery> stopped(Set<Path> own, boolean everywhere) {
        var all = new ArrayList<StoppedQuery>();
        for (KnownQueries.Entry entry : earlier) {
            boolean ours = everywhere || entry.notebook().equals(notebook);
            if (ours && !own.contains(entry.checkpoint()) && exists(entry.checkpoint())) {
                all.add(look(entry));
            }
        }
        return all;
    }

    private boolean exists(Path folder) {
        try {
            return session.environment().files().exists(folder);
        } catch (IOException unreadable) {
            // Looking into it will say why.
            return true;
        }
    }

    CheckpointReport report(Path checkpoint) {
        Path folder = KnownQueries.absolute(checkpoint);
        return session.backend().checkpoint(folder, !OPENED_HERE.contains(folder), session.environment());
    }

    private StoppedQuery look(KnownQueries.Entry entry) {
        CheckpointReport report;
        try {
            report = report(entry.checkpoint());
        } catch (TailraceException e) {
            return new StoppedQuery(
                    entry.name(),
                    entry.checkpoint(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Standing.DAMAGED,
                    "stopped; " + e.problem().code() + " " + e.problem().what());
        }
        OptionalLong watermark = report.batches().stream()
                .filter(LoggedBatch::committed)
                .mapToLong(LoggedBatch::watermarkMs)
                .filter(ms -> ms > 0)
                .max();
        String at = report.lastBatch().isPresent()
                ? "at batch #" + report.lastBatch().getAsLong()
                : "before its first batch";
        Optional<String> holder = living(report.holder());
        Standing standing =
                !report.healthy() ? Standing.DAMAGED : holder.isPresent() ? Standing.HELD : Standing.RESUMABLE;
        String words = switch (standing) {
            case DAMAGED ->
                "stopped " + at + "; its checkpoint: " + report.problems().get(0);
            case HELD -> at + ", held by or last run by " + holder.orElseThrow();
            case RESUMABLE -> "stopped " + at + "; run its cell to resume";
        };
        return new StoppedQuery(entry.name(), entry.checkpoint(), report.lastBatch(), watermark, standing, words);
    }

    /** The holder's words stay when it is gone, so whether it lives is asked for. */
    private static Optional<String> living(String holder) {
        Matcher matcher = HOLDER.matcher(holder);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long pid = Long.parseLong(matcher.group(1));
        boolean other = pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        return other ? Optional.of(holder.strip()) : Optional.empty();
    }
}
