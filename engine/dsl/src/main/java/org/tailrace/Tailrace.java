package org.tailrace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Batch;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.dstream.DStream;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.InternalException;
import org.tailrace.error.Nearest;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.expr.FunctionTable;
import org.tailrace.expr.Positions;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.Plan;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Backend;
import org.tailrace.spi.Providers;
import org.tailrace.spi.StateBudget;
import org.tailrace.sql.SqlParser;

/**
 * The session, {@code streams} in a notebook: makes tables from sources or SQL and owns the running queries by name.
 *
 * <pre>{@code
 * var streams = Tailrace.local();
 * var ticks = streams.rate(1_000);
 * var q = ticks.where("value % 2 = 0").to(memory("even")).start("even");
 * }</pre>
 *
 * <p>Safe for several threads.
 */
public final class Tailrace implements AutoCloseable {
    private final Environment environment;
    private final LiveHost host;
    private final Function<String, Optional<StreamTable>> names;
    private final Supplier<ClassLoader> loader;
    private final boolean unpaced;
    private final @Nullable Backend backend;
    private final FunctionTable functions = Functions.table();
    private final SessionSettings settings = new SessionSettings();

    private final Map<String, StreamTable> registered = new ConcurrentHashMap<>();
    private final Map<String, MemoryStream<?>> memories = new ConcurrentHashMap<>();
    private final Map<String, MemoryResult> results = new ConcurrentHashMap<>();
    private final StartedQueries started = new StartedQueries(this);
    private final EarlierQueries earlier;

    private Tailrace(Builder builder) {
        environment = builder.environment;
        host = builder.host;
        names = builder.names;
        loader = builder.loader;
        unpaced = builder.unpaced;
        backend = builder.backend;
        earlier = new EarlierQueries(this, builder.knownQueries, builder.notebook);
    }

    /** A session on this machine, in this process. */
    public static Tailrace local() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What a notebook or a test gives a session. */
    public static final class Builder {
        private Environment environment = SystemEnvironment.create();
        private LiveHost host = new PrintingHost(System.out);
        private Function<String, Optional<StreamTable>> names = name -> Optional.empty();
        private Supplier<ClassLoader> loader =
                () -> Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                        .orElse(Tailrace.class.getClassLoader());
        private boolean unpaced;
        private @Nullable Backend backend;
        private @Nullable Path knownQueries;
        private String notebook = "";

        private Builder() {}

        /** Clock, disk, dice and threads. */
        public Builder environment(Environment env) {
            environment = env;
            return this;
        }

        public Builder liveHost(LiveHost where) {
            host = where;
            return this;
        }

        /** Finds tables that SQL names and nobody registered, such as a notebook's variables. */
        public Builder names(Function<String, Optional<StreamTable>> resolver) {
            names = resolver;
            return this;
        }

        /** Where connectors and backends are found; asked each time, as jars arrive while a notebook runs. */
        public Builder classLoader(Supplier<ClassLoader> current) {
            loader = current;
            return this;
        }

        /** Replays run as fast as they can, whatever their pace. */
        public Builder unpaced(boolean yes) {
            unpaced = yes;
            return this;
        }

        /** Runs queries; without, the local one that is found on the class path. */
        public Builder backend(Backend engine) {
            backend = engine;
            return this;
        }

        /**
         * The folder where the session writes down names and checkpoints of its durable queries, and where it finds those
         * of earlier sessions; without one it does neither.
         *
         * @param ofNotebook what tells this session's notebook or program from others whose queries are in the folder
         */
        public Builder knownQueries(Path folder, String ofNotebook) {
            knownQueries = folder;
            notebook = ofNotebook;
            return this;
        }

        public Tailrace build() {
            return new Tailrace(this);
        }
    }

    // ---- sources

    /**
     * A table that a program adds rows to, with the columns of a record. The same name and schema again is the same
     * table, so that a cell can be run again; another schema replaces it and stops its readers.
     */
    public <T> MemoryStream<T> memory(String name, Class<T> type) {
        RecordBinding<T> binding = RecordBinding.of(type);
        return memory(name, binding.schema(), binding::row);
    }

    /** As {@link #memory(String, Class)}, with columns from DDL text; rows are added as {@code add(a, b, ..)}. */
    public MemoryStream<Row> memory(String name, String schema) {
        return memory(name, DdlParser.schema("memory", schema), row -> row);
    }

    @SuppressWarnings("unchecked")
    private <T> MemoryStream<T> memory(String name, Schema schema, Function<T, Row> binding) {
        MemoryStream<?> before = memories.get(name);
        MemoryTable table;
        if (before != null && before.schema().equals(schema)) {
            table = before.memory();
        } else {
            if (before != null) {
                started.stopReaders(before.memory());
                before.memory().close("replaced by a memory table of another schema");
                host.note("memory table '" + name
                        + "' has another schema now: it is empty, and queries that read the old" + " one have ended");
            }
            table = MemoryTable.keeping(name, schema);
        }
        Plan plan = new Plan.Source(table.spec(true));
        var stream = new MemoryStream<T>(this, plan, resolve(plan, new Positions()), table, binding);
        memories.put(name, stream);
        return stream;
    }

    /** {@code timestamp timestamp, value bigint}: so many rows a second, with the same contents each time. */
    public SourceTable rate(long rowsPerSecond) {
        return source("rate").option("rowsPerSecond", rowsPerSecond).load();
    }

    /** {@code value string}: the lines that a TCP server sends. What is read cannot be read again. */
    public SourceTable socket(String hostName, int port) {
        return source("socket").option("host", hostName).option("port", port).load();
    }

    /**
     * Topics of Kafka, several separated by commas. Say the format of the values next:
     * {@code kafka("localhost:9092", "orders").json("id string")}.
     */
    public KafkaTable kafka(String servers, String topics) {
        return KafkaTable.of(
                this, source("kafka").option("kafka.bootstrap.servers", servers).option("subscribe", topics));
    }

    /** A folder that is watched; each file is read once. Say the format next: {@code files("in").json("id string")}. */
    public FilesFrom files(String path) {
        return new FilesFrom(this, path);
    }

    /** A bounded file read again in its own time. Say the format next, then {@code arrivingAt} and {@code every}. */
    public ReplayFrom replay(String path) {
        return new ReplayFrom(this, path);
    }

    /** Any source by Spark's name and options. */
    public SourceReader source(String kind) {
        return new SourceReader(this, kind);
    }

    /**
     * DStreams, with an RDD for each interval, such as {@code "1 second"}. Say next where they come from.
     *
     * @throws PlanException TR-155 if it is no positive length
     */
    public DStreams dstream(String interval) {
        return new DStreams(this, DStreams.millis(interval), null, false);
    }

    /**
     * The elements of a DStream as rows of a table: records by their components, pairs as two columns, other values as one.
     *
     * @param schema the columns, as DDL text
     */
    public <T> StreamTable table(DStream<T> stream, String schema) {
        return table(ElementRows.plan(stream, DdlParser.schema("table", schema)), new Positions());
    }

    /** Bounded rows as a table. */
    public StreamTable bounded(Batch rows) {
        return table(new Plan.Values(rows), new Positions());
    }

    // ---- tables by name

    /** A table from a whole SQL text, over registered tables and notebook variables; {@code ?} stands for the values. */
    public StreamTable sql(String text, Object... values) {
        SqlParser.Parsed<Plan> parsed = parser().query(text, values);
        return table(parsed.tree(), parsed.positions());
    }

    /** A name for SQL. Replaces what had it. */
    public void register(String name, StreamTable table) {
        registered.put(name, table);
    }

    /**
     * A registered table, or what a memory sink of that name holds.
     *
     * @throws PlanException TR-112 if there is neither
     */
    public StreamTable table(String name) {
        return find(name)
                .orElseThrow(() -> new PlanException(Problem.of("TR-112", "no table '" + name + "'")
                        .at(new Place("table", name, 0, name.length()))
                        .have(String.join(", ", tableNames()))
                        .fix(Nearest.question(name, tableNames()))));
    }

    private List<String> tableNames() {
        var all = new ArrayList<String>();
        all.addAll(registered.keySet());
        all.addAll(memories.keySet());
        all.addAll(results.keySet());
        all.sort(String::compareTo);
        return all;
    }

    private Optional<StreamTable> find(String name) {
        return byName(registered, name)
                .or(() -> byName(results, name).map(result -> {
                    Plan plan = new Plan.Source(result.table());
                    return table(plan, new Positions());
                }))
                .or(() -> names.apply(name))
                .or(() -> byName(memories, name).map(m -> m));
    }

    /** Exact case first, then a unique match without case. */
    static <T> Optional<T> byName(Map<String, ? extends T> all, String name) {
        T exact = all.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        var near = all.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0).getValue()) : Optional.empty();
    }

    // ---- queries

    /** All queries of this session, also ended ones, in order of their start. */
    public List<Query> queries() {
        return started.all();
    }

    /** @throws PlanException TR-151 if there is no query of that name */
    public Query query(String name) {
        return started.query(name);
    }

    /**
     * Durable queries that earlier sessions of this notebook have started and this one has not, as their checkpoints are
     * now. None of them starts by itself.
     */
    public List<StoppedQuery> stoppedQueries() {
        return earlier.stopped(started.checkpoints(), false);
    }

    /** As {@link #stoppedQueries()}, with those of the user's other notebooks. */
    public List<StoppedQuery> stoppedQueriesOfAllNotebooks() {
        return earlier.stopped(started.checkpoints(), true);
    }

    /** What there is to know and to worry about: Java and memory, this session's queries and their checkpoints, as text. */
    public String doctor() {
        return Doctor.examine(this);
    }

    /** A setting under Spark's name, such as {@code spark.sql.session.timeZone}; for queries that start later. */
    public Tailrace conf(String name, Object value) {
        settings.set(name, String.valueOf(value));
        return this;
    }

    public String conf(String name) {
        return settings.get(name);
    }

    /** The functions that SQL texts can call. */
    public FunctionTable functions() {
        return functions;
    }

    /** Stops all queries. */
    @Override
    public void close() throws InterruptedException {
        started.stopAll();
    }

    // ---- for the verbs

    LiveHost host() {
        return host;
    }

    Environment environment() {
        return environment;
    }

    boolean unpaced() {
        return unpaced;
    }

    Settings settings() {
        return settings.current();
    }

    SqlParser parser() {
        return new SqlParser(settings().zone());
    }

    StreamTable table(Plan plan, Positions positions) {
        return new StreamTable(this, plan, resolve(plan, positions));
    }

    ResolvedPlan resolve(Plan plan, Positions positions) {
        return new Resolver(functions, settings(), name -> find(name).map(StreamTable::plan)).resolve(plan, positions);
    }

    SourceSpec describe(String kind, Map<String, String> options, Schema schema, boolean streaming) {
        return Providers.source(kind, loader.get()).describe(kind, options, schema, streaming, environment);
    }

    ClassLoader classLoader() {
        return loader.get();
    }

    String freshName() {
        return host.assignedName().orElseGet(host::nextName);
    }

    Batch collect(StreamTable table) {
        PlanRules.requireBounded(table.resolved(), "show", null);
        try {
            return backend().collect(table.resolved(), settings(), environment);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    Shown show(StreamTable table, int rows) {
        return new Shown(collect(table), rows, settings().zone(), "");
    }

    StartedQueries started() {
        return started;
    }

    EarlierQueries earlier() {
        return earlier;
    }

    StateBudget budget() {
        return settings.budget();
    }

    SinkSpec memorySink(String name) {
        var result = new MemoryResult(name);
        results.put(name, result);
        return result.sink();
    }

    SinkSpec describe(SinkSpec sink) {
        return Providers.sink(sink.kind(), loader.get())
                .describe(sink.kind(), sink.options(), sink.binding(), environment);
    }

    Backend backend() {
        if (backend != null) {
            return backend;
        }
        for (Backend found : ServiceLoader.load(Backend.class, loader.get())) {
            if (found.name().equals("local")) {
                return found;
            }
        }
        throw new InternalException(Problem.of("TR-901", "the local backend is not on the class path"));
    }
}
