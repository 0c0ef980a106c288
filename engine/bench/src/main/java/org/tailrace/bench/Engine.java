package org.tailrace.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.MemoryResult;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.data.Values;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.expr.Expr;
import org.tailrace.expr.builtin.Functions;
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
final class Engine implements AutoCloseable {
    private final Feed feed;
    private final Map<String, MemoryTable> tables = new LinkedHashMap<>();
    private final MemoryResult result;
    private final Question question;
    private final RunningQuery query;

    /** @param keep the result goes to a memory sink, to be compared; else nowhere, after it was made */
    Engine(Question question, Feed feed, boolean keep) {
        this.question = question;
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
                            : new Plan.Watermark(source, new Expr.Ref(time), Optional.empty(), "0 seconds"));
        });
        feed.tables.forEach((name, rows) -> plans.put(name, new Plan.Values(rows)));
        var parsed = new SqlParser(Settings.DEFAULT.zone()).query(question.sql);
        ResolvedPlan plan = new Resolver(
                        Functions.table(), Settings.DEFAULT, name -> Optional.ofNullable(plans.get(name)))
                .resolve(parsed.tree(), parsed.positions());
        result = new MemoryResult("answer");
        SinkSpec sink = keep ? result.sink() : new SinkSpec("noop", "noop", Map.of(), null);
        PlanRules.check(plan, question.mode, sink, new Trigger.Step());
        var spec = new Backend.QuerySpec(
                "bench",
                plan,
                question.mode,
                new Trigger.Step(),
                sink,
                Optional.empty(),
                Backend.OnError.FAIL,
                Settings.DEFAULT,
                List.of());
        query = backend().start(spec, SystemEnvironment.create());
    }

    private static Backend backend() {
        return ServiceLoader.load(Backend.class).findFirst().orElseThrow();
    }

    /** Feeds all blocks, a batch each. */
    void run() throws InterruptedException {
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
            throw new IllegalStateException(question + " failed", failure);
        }
    }

    private void add(String name, Batch rows) {
        MemoryTable table = tables.get(name);
        if (table != null) {
            table.add(rows);
        }
    }

    /** Rows of the result as text: of a query that updates, the newest of each key. */
    List<String> rows() {
        var texts = new ArrayList<String>();
        for (Row row : result.latest().rows()) {
            var text = new StringBuilder();
            row.values().forEach(value -> append(text, value));
            texts.add(text.toString());
        }
        return texts;
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        if (value instanceof Row row) {
            row.values().forEach(part -> append(text, part));
        } else if (value instanceof Instant time) {
            text.append(Values.micros(time));
        } else {
            text.append(value);
        }
        text.append('|');
    }

    RunningQuery.Totals totals() {
        return query.totals();
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
