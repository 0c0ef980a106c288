package org.tailrace;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.MemoryTable;
import org.tailrace.error.Nearest;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.SinkSpec;
import org.tailrace.render.ViewSpec;
import org.tailrace.spi.Backend;
import org.tailrace.spi.RunningQuery;

/** The queries that a session has started, by name: a new one of a name takes the place of the old. Any thread. */
final class StartedQueries {
    private final Tailrace session;
    // in order of start; guarded by itself
    private final Map<String, Query> queries = new LinkedHashMap<>();

    StartedQueries(Tailrace session) {
        this.session = session;
    }

    List<Query> all() {
        synchronized (queries) {
            return List.copyOf(queries.values());
        }
    }

    /** @throws PlanException TR-151 if there is no query of that name */
    Query query(String name) {
        synchronized (queries) {
            return Tailrace.byName(queries, name)
                    .orElseThrow(() -> new PlanException(Problem.of("TR-151", "no query '" + name + "'")
                            .at(new Place("query", name, 0, name.length()))
                            .have(queries.isEmpty() ? "no query was started" : String.join(", ", queries.keySet()))
                            .fix(Nearest.question(name, queries.keySet()))));
        }
    }

    /** Where this session's queries keep their progress. */
    Set<Path> checkpoints() {
        return all().stream()
                .flatMap(query -> query.checkpoint().stream())
                .map(KnownQueries::absolute)
                .collect(Collectors.toSet());
    }

    /** @param options with a mode */
    Query start(String name, StreamTable table, SinkSpec sink, RunOptions options, Optional<ViewSpec> view) {
        Backend backend = session.backend();
        LiveHost host = session.host();
        stopOld(name);
        var console = new Console(host);
        var spec = new Backend.QuerySpec(
                name,
                table.resolved(),
                Objects.requireNonNull(options.mode()),
                options.trigger(),
                attached(sink, console),
                options.checkpoint(),
                options.onError(),
                session.settings(),
                List.of(),
                options.budget(session.budget()));
        var log = new QueryLog();
        options.checkpoint().ifPresent(session.earlier()::opening);
        RunningQuery running = backend.start(spec, host.environment(session.environment(), log));
        var query = new Query(session, running, table, log, options.checkpoint());
        console.of(query);
        synchronized (queries) {
            queries.remove(name);
            queries.put(name, query);
        }
        options.checkpoint().ifPresent(folder -> session.earlier().opened(name, folder));
        host.started(query);
        view.ifPresent(v -> host.show(query, v));
        return query;
    }

    /** Sinks that live in the session get it as their binding. */
    private SinkSpec attached(SinkSpec sink, Console console) {
        switch (sink.kind().toLowerCase(Locale.ROOT)) {
            case "memory":
                return session.memorySink(sink.options().getOrDefault("queryname", "memory"));
            case "console":
                return new SinkSpec("foreachbatch", sink.identity(), Map.of(), console.function(sink.options()));
            default:
                return sink.binding() instanceof ViewSpec
                        ? new SinkSpec(sink.kind(), sink.identity(), sink.options(), null)
                        : session.describe(sink);
        }
    }

    private @Nullable Query named(String name) {
        synchronized (queries) {
            return queries.get(name);
        }
    }

    private void stopOld(String name) {
        Query old = named(name);
        if (old != null && old.holdsResources()) {
            uninterrupted(() -> old.replaceBy(session.host().here()));
        }
    }

    void stopReaders(MemoryTable table) {
        for (Query query : all()) {
            if (query.isActive() && reads(query.table().resolved(), table)) {
                uninterrupted(query::stop);
            }
        }
    }

    private static boolean reads(ResolvedPlan plan, MemoryTable table) {
        return plan instanceof ResolvedPlan.Source source && source.spec().binding() == table
                || plan.children().stream().anyMatch(child -> reads(child, table));
    }

    void stopAll() throws InterruptedException {
        for (Query query : all()) {
            if (query.holdsResources()) {
                query.stop();
            }
        }
    }

    private interface Stop {
        void run() throws InterruptedException;
    }

    private static void uninterrupted(Stop stop) {
        try {
            stop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while an old query stopped");
        }
    }
}
