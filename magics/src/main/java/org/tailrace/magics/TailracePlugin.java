package org.tailrace.magics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.Pictures;
import org.tailrace.Query;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.kernel.spi.KernelHost;
import org.tailrace.kernel.spi.KernelPlugin;
import org.tailrace.kernel.spi.Renderer;
import org.tailrace.kernel.spi.WorkDone;

/** Brings a session called {@code streams}, its views, its magics and its advice into a notebook. */
public final class TailracePlugin implements KernelPlugin {
    /** Set to {@code max} where replays are to run as fast as they can, as when a notebook is run without a person. */
    public static final String PACE = "tailrace.pace";

    /** Where a user's durable queries are listed; without it the environment's {@code TAILRACE_QUERIES} says where. */
    public static final String QUERIES = "tailrace.queries";

    private final Path knownQueries;
    private final String notebook;
    private @Nullable Tailrace session;

    public TailracePlugin() {
        this(knownQueries(), notebook());
    }

    TailracePlugin(Path knownQueries, String notebook) {
        this.knownQueries = knownQueries;
        this.notebook = notebook;
    }

    /** Jupyter's name for the notebook; where there is no Jupyter, the folder that the kernel works in. */
    private static String notebook() {
        String session = System.getenv("JPY_SESSION_NAME");
        return session == null || session.isEmpty() ? System.getProperty("user.dir", "") : session;
    }

    private static Path knownQueries() {
        String said = System.getProperty(QUERIES, System.getenv("TAILRACE_QUERIES"));
        return said == null || said.isEmpty()
                ? Path.of(System.getProperty("user.home", ""), ".tailrace", "queries")
                : Path.of(said);
    }

    @Override
    public void start(KernelHost host) {
        var live = new NotebookLiveHost(host);
        Tailrace streams = Tailrace.builder()
                .environment(SystemEnvironment.create(host.threadFactory(() -> false)))
                .liveHost(live)
                .names(name -> variable(host, name))
                .classLoader(host::classLoader)
                .knownQueries(knownQueries, notebook)
                .unpaced("max".equals(System.getProperty(PACE)))
                .build();
        session = streams;
        host.define("streams", Tailrace.class, streams);
        host.addImports(
                "org.tailrace.*",
                "org.tailrace.dstream.*",
                "org.tailrace.function.*",
                "org.tailrace.data.Row",
                "org.tailrace.data.Batch",
                "org.tailrace.plan.OutputMode",
                "org.tailrace.spi.Backend.OnError",
                "static org.tailrace.Dsl.*");
        host.register(renderer(live));
        host.register(new ColumnCompletion(host, streams));
        host.register(new ErrorPlaces());
        QueryMagics.all(host, streams, live).forEach(host::register);
        host.onInterrupt(() -> pauseAll(streams, live));
        host.beforeShutdown(() -> stopAll(streams));
    }

    /** Exact case first, then a unique match without. */
    private static Optional<StreamTable> variable(KernelHost host, String name) {
        Map<String, StreamTable> tables = host.variables(StreamTable.class);
        if (tables.containsKey(name)) {
            return Optional.of(tables.get(name));
        }
        var near = tables.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0).getValue()) : Optional.empty();
    }

    private static Renderer renderer(NotebookLiveHost live) {
        return new Renderer() {
            @Override
            public boolean accepts(Object value) {
                return Pictures.draws(value);
            }

            @Override
            public Map<String, String> render(Object value) {
                if (value instanceof Query query && live.shownInRunningCell(query)) {
                    return Map.of();
                }
                return Pictures.of(value).orElseGet(() -> Map.of("text/plain", String.valueOf(value)));
            }
        };
    }

    /** The button pauses, and never stops; a query that ends by itself goes on. */
    private static void pauseAll(Tailrace streams, NotebookLiveHost live) {
        for (Query query : streams.queries()) {
            if (query.isActive() && live.hasView(query)) {
                query.pause("by ■ — %resume");
            }
        }
    }

    private static void stopAll(Tailrace streams) {
        try {
            streams.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<String> awaitQuiet(Duration liveFor) throws InterruptedException {
        var failures = new ArrayList<String>();
        Tailrace streams = session;
        if (streams == null) {
            return failures;
        }
        boolean waited = false;
        for (Query query : streams.queries()) {
            if (query.isActive() && !query.info().bounded()) {
                if (!waited) {
                    waited = true;
                    awaitQuietly(query, liveFor);
                }
                query.stop();
            } else if (query.isActive()) {
                awaitQuietly(query, Duration.ofDays(365));
            }
            query.failure().ifPresent(f -> failures.add("query " + query.name() + " failed: " + f.getMessage()));
        }
        return failures;
    }

    @Override
    public Optional<WorkDone> workDone() {
        Tailrace streams = session;
        if (streams == null) {
            return Optional.empty();
        }
        var sources = streams.queries().stream()
                .filter(query -> query.isActive() && query.info().bounded())
                .flatMap(query -> query.lastReport().stream())
                .flatMap(report -> report.sources().stream())
                .toList();
        return sources.stream().anyMatch(source -> source.total() < 0)
                ? Optional.empty()
                : sources.stream()
                        .map(source -> new WorkDone(source.done(), source.total()))
                        .reduce(WorkDone::plus)
                        .filter(all -> all.total() > 0);
    }

    /** A failure is told of afterwards, by name. */
    private static void awaitQuietly(Query query, Duration most) throws InterruptedException {
        try {
            query.await(most);
        } catch (RuntimeException failed) {
            if (query.failure().isEmpty()) {
                throw failed;
            }
        }
    }
}
