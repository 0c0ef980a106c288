package org.tailrace.bench.ours;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.SparkSql;
import org.tailrace.bench.data.Query;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.spi.Backend;
import org.tailrace.spi.RunningQuery;
import org.tailrace.sql.SqlParser;

/** One run of a query on the engine: a query that was started, and the tables that feed it block by block. */
final class Run implements AutoCloseable {
    private final Feed feed;
    private final Map<String, MemoryTable> tables = new LinkedHashMap<>();
    private final MemoryResult result;
    private final Query asked;
    private final RunningQuery query;

    /** @param keep the result goes to a memory sink, to be compared; else nowhere, after it was made */
    Run(Query asked, int perSecond, Feed feed, boolean keep) {
        this.asked = asked;
        this.feed = feed;
        var plans = new LinkedHashMap<String, Plan>();
        feed.streams.forEach((name, blocks) -> {
            var table = MemoryTable.forgetting(name, blocks.get(0).schema());
            tables.put(name, table);
            Plan source = new Plan.Source(table.spec(true));
            String time = Feed.eventTime(name);
            plans.put(
                    name,
                    time.isEmpty()
                            ? source
                            : new Plan.Watermark(source, new Expr.Ref(time), Optional.empty(), "4 seconds"));
        });
        feed.tables.forEach((name, rows) -> plans.put(name, new Plan.Values(rows)));
        OutputMode mode = SparkSql.updates(asked) ? OutputMode.UPDATE : OutputMode.APPEND;
        ResolvedPlan plan = plan(perSecond, plans);
        result = new MemoryResult("answer");
        SinkSpec sink = keep ? result.sink() : new SinkSpec("noop", "noop", Map.of(), null);
        PlanRules.check(plan, mode, sink, new Trigger.Step());
        var spec = new Backend.QuerySpec(
                "bench",
                plan,
                mode,
                new Trigger.Step(),
                sink,
                Optional.empty(),
                Backend.OnError.FAIL,
                Settings.DEFAULT,
                List.of());
        query = backend().start(spec, SystemEnvironment.create());
    }

    private ResolvedPlan plan(int perSecond, Map<String, Plan> tables) {
        var resolver = new Resolver(Functions.table(), Settings.DEFAULT, name -> Optional.ofNullable(tables.get(name)));
        if (asked == Query.Q19) {
            return resolver.resolve(TopTen.of(new Plan.Named("bid")), new Positions());
        }
        var parsed = new SqlParser(Settings.DEFAULT.zone()).query(SparkSql.text(asked, perSecond));
        return resolver.resolve(parsed.tree(), parsed.positions());
    }

    private static Backend backend() {
        return ServiceLoader.load(Backend.class).findFirst().orElseThrow();
    }

    /** Feeds all blocks, a batch each. */
    void feed() throws InterruptedException {
        int blocks = feed.streams.values().stream().mapToInt(List::size).max().orElseThrow();
        for (int i = 0; i < blocks; i++) {
            int block = i;
            feed.streams.forEach((name, all) -> add(name, all.get(block)));
            step();
        }
    }

    /** Runs one batch of these rows. */
    void step(String table, Batch rows) throws InterruptedException {
        add(table, rows);
        step();
    }

    private void step() throws InterruptedException {
        query.step(1);
        Throwable failure = query.status().failure();
        if (failure != null) {
            throw new IllegalStateException(asked + " failed", failure);
        }
    }

    private void add(String name, Batch rows) {
        MemoryTable table = tables.get(name);
        if (table != null) {
            table.add(rows);
        }
    }

    /** Rows of the result, structs flat: of a query that updates, the newest of each key. */
    List<@Nullable Object[]> rows() {
        var rows = new ArrayList<@Nullable Object[]>();
        for (Row row : result.latest().rows()) {
            var values = new ArrayList<@Nullable Object>();
            row.values().forEach(value -> flatten(value, values));
            rows.add(values.toArray());
        }
        return rows;
    }

    private static void flatten(@Nullable Object value, List<@Nullable Object> into) {
        if (value instanceof Row row) {
            row.values().forEach(part -> flatten(part, into));
        } else {
            into.add(value);
        }
    }

    long rowsRead() {
        return query.totals().inputRows() - feed.closing;
    }

    @Override
    public void close() {
        try {
            query.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
