package org.tailrace;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tailrace.error.TailraceException;
import org.tailrace.render.Numbers;
import org.tailrace.report.BatchReport;
import org.tailrace.report.CheckpointReport;
import org.tailrace.report.QueryStatus;
import org.tailrace.spi.RunningQuery.Totals;

/**
 * Looks at a session and says what is worth knowing, one thing a line: {@code !} before what is wrong, {@code ·} before what
 * is only noteworthy. Checkpoints are read from end to end; nothing is changed.
 */
final class Doctor {
    /** Clocks differ a little; this much is no little. */
    private static final long AHEAD_MS = 3_600_000;

    private static final long SMALL_HEAP = 512L << 20;

    /** What is told of the command line: properties may hold secrets and are none of it. */
    private static final Pattern FLAG =
            Pattern.compile("-X(?!X:On).*|--(enable-native-access|add-opens|sun-misc)[-=].*");

    private static final Pattern SLOW = Pattern.compile("-Xint|-XX:TieredStopAtLevel=[0-3]");

    private final Tailrace session;
    private final StringBuilder out = new StringBuilder();
    private int wrong;

    private Doctor(Tailrace session) {
        this.session = session;
    }

    static String examine(Tailrace session) {
        var doctor = new Doctor(session);
        doctor.machine();
        session.queries().forEach(doctor::query);
        for (StoppedQuery each : session.stoppedQueriesOfAllNotebooks()) {
            doctor.earlier(each);
        }
        doctor.head(
                "health",
                doctor.wrong == 0
                        ? "nothing is wrong"
                        : doctor.wrong == 1
                                ? "one thing is wrong, marked with !"
                                : doctor.wrong + " things are wrong, each marked with !");
        return doctor.out.toString();
    }

    private void head(String what, String text) {
        out.append(String.format(Locale.ROOT, "%-10s", what))
                .append(plain(text))
                .append('\n');
    }

    private void wrong(String text) {
        wrong++;
        out.append("  ! ").append(plain(text)).append('\n');
    }

    private void note(String text) {
        out.append("  · ").append(plain(text)).append('\n');
    }

    /** Names and data may hold what moves a terminal's cursor. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n]]", " ").stripTrailing().replace("\n", "\n      ");
    }

    private void machine() {
        Runtime runtime = Runtime.getRuntime();
        head(
                "java",
                System.getProperty("java.version", "?") + ", " + System.getProperty("java.vm.name", "?") + ", "
                        + System.getProperty("os.name", "?") + " " + System.getProperty("os.arch", "?"));
        int cores = runtime.availableProcessors();
        head("cores", String.valueOf(cores));
        head(
                "heap",
                Numbers.bytes(runtime.totalMemory() - runtime.freeMemory()) + " used of at most "
                        + Numbers.bytes(runtime.maxMemory()));
        if (runtime.maxMemory() < SMALL_HEAP) {
            note("a small heap: state and results share it; -Xmx in the kernel's arguments makes it larger");
        }
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> FLAG.matcher(argument).matches())
                .toList();
        head("flags", flags.isEmpty() ? "none" : String.join(" ", flags));
        for (String flag : flags) {
            if (SLOW.matcher(flag).matches()) {
                note(flag + ": Java starts sooner and never compiles queries to its fastest code");
            }
        }
    }

    private void earlier(StoppedQuery query) {
        if (query.standing() == StoppedQuery.Standing.DAMAGED) {
            head("earlier", query.name());
            wrong(query.words());
        } else {
            head("earlier", query.name() + " " + query.words());
        }
        note("checkpoint " + query.checkpoint());
    }

    private void query(Query query) {
        QueryStatus status = query.status();
        head(
                "query",
                query.name() + " is " + status.state().name().toLowerCase(Locale.ROOT)
                        + (status.batchId() < 0 ? ", no batch yet" : ", batch #" + status.batchId())
                        + (status.detail().isEmpty() ? "" : ", " + status.detail()));
        if (status.state() == QueryStatus.State.FAILED) {
            wrong("it has failed: " + query.failure().map(Doctor::cause).orElse("unknown why"));
            note("streams.query(\"" + query.name() + "\").retry() runs the batch again, skip() passes over it");
        } else if (status.state() == QueryStatus.State.RETRYING) {
            wrong("a source or sink is away; it is tried again");
        }
        Totals totals = query.totals();
        if (totals.lateInputRows() > 0) {
            note(rows(totals.lateInputRows()) + " came too late and " + was(totals.lateInputRows())
                    + " dropped; %watermark " + query.name() + " shows them, a longer withWatermark waits for them");
        }
        if (totals.badRows() > 0) {
            note(rows(totals.badRows()) + " could not be used or " + was(totals.badRows())
                    + " kept aside; badRows() holds the newest");
        }
        query.lastReport().ifPresent(last -> {
            future(query, last);
            last.explanations().forEach(this::note);
        });
        if (query.checkpoint().isPresent()) {
            checkpoint(query);
        } else {
            note("not durable: it starts empty each time; .checkpoint(\"folder\") keeps progress and state");
        }
    }

    private static String cause(Throwable failure) {
        String said = failure.getMessage();
        return said == null ? failure.toString() : said;
    }

    private static String rows(long count) {
        return Numbers.count(count) + (count == 1 ? " row" : " rows");
    }

    private static String was(long count) {
        return count == 1 ? "was" : "were";
    }

    private void future(Query query, BatchReport last) {
        long now = session.environment().clock().currentTimeMs();
        if (!query.info().virtualTime()
                && last.nextWatermarkMs().isPresent()
                && last.nextWatermarkMs().getAsLong() > now + AHEAD_MS) {
            wrong("its watermark lies in the future, at "
                    + Instant.ofEpochMilli(last.nextWatermarkMs().getAsLong())
                    + ": what is older is late; maxFutureSkew(\"1 hour\") on the source keeps such events aside");
        }
    }

    private void checkpoint(Query query) {
        Path folder = query.checkpoint().orElseThrow();
        try {
            CheckpointReport report = look(folder, query.isActive());
            String last = report.lastBatch().isPresent()
                    ? "last batch #" + report.lastBatch().getAsLong()
                    : "no batch yet";
            note("checkpoint " + folder + ": " + last + (report.healthy() ? ", every record is whole" : ""));
            report.problems().forEach(problem -> wrong("checkpoint: " + problem));
        } catch (TailraceException e) {
            wrong("checkpoint " + folder + ": " + e.problem().what());
        }
    }

    /** Beside a query that writes, a file may be half written or just gone: what a second look does not find was that. */
    private CheckpointReport look(Path folder, boolean written) {
        try {
            CheckpointReport report = session.earlier().report(folder);
            return report.healthy() || !written ? report : session.earlier().report(folder);
        } catch (TailraceException e) {
            if (written) {
                return session.earlier().report(folder);
            }
            throw e;
        }
    }
}
