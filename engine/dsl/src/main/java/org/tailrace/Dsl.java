package org.tailrace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;
import org.tailrace.expr.Expr;
import org.tailrace.function.BatchFunction;
import org.tailrace.function.RowFunction;
import org.tailrace.plan.SinkSpec;
import org.tailrace.render.ViewSpec;
import org.tailrace.sql.SqlParser;

/** The few names that a notebook imports statically: columns, sinks and views. Functions live in SQL text. */
public final class Dsl {
    private Dsl() {}

    /** A column by name; {@code col("o.id")} names the table's alias too. */
    public static Col col(String name) {
        return new Col(new Expr.Ref(List.of(name.split("\\."))));
    }

    /**
     * A constant: null, a number, text, a boolean, a {@code java.time} value or bytes.
     *
     * @throws org.tailrace.error.PlanException TR-118 if SQL has no type for it
     */
    public static Col lit(@Nullable Object value) {
        return new Col(new SqlParser(java.time.ZoneOffset.UTC)
                .expression("lit", "?", value)
                .tree());
    }

    /** An expression of SQL text; {@code ?} stands for the values, in order. */
    public static Col expr(String text, Object... values) {
        return new Col(new SqlParser(java.time.ZoneOffset.UTC)
                .selectItem("expr", text, values)
                .tree());
    }

    /** A view in the cell that suits the query. */
    public static SinkSpec view() {
        return view(new ViewSpec.Auto());
    }

    public static SinkSpec view(ViewSpec view) {
        return new SinkSpec("noop", "view", Map.of(), view);
    }

    /** A table in memory, read with {@code streams.table(name)}. Update mode appends, as Spark's memory sink does. */
    public static SinkSpec memory(String name) {
        return new SinkSpec("memory", "memory(" + name + ")", Map.of("queryname", name), null);
    }

    /** The rows of the last batches as text: in the cell, or on standard output. */
    public static SinkSpec console() {
        return new SinkSpec("console", "console", Map.of(), null);
    }

    /** Calls {@code function} for each row of the result, in order. */
    public static SinkSpec forEach(RowFunction<Row> function) {
        return new SinkSpec("foreach", "forEach", Map.of(), function);
    }

    /** Calls {@code function} once a batch with its rows as a bounded table, and the batch's id. */
    public static SinkSpec forEachBatch(BatchFunction<StreamTable> function) {
        return new SinkSpec("foreachbatch", "forEachBatch", Map.of(), function);
    }

    /** Takes rows and forgets them. */
    public static SinkSpec noop() {
        return new SinkSpec("noop", "noop", Map.of(), null);
    }

    /** Files in a folder; say the format next: {@code files("out").json()}. */
    public static FilesTo files(String path) {
        return new FilesTo(path, Map.of());
    }

    /** A topic of Kafka: {@code kafka("localhost:9092", "alerts").json()} writes whole rows. */
    public static KafkaTo kafka(String servers, String topic) {
        return kafka(servers).option("topic", topic);
    }

    /** The topics of Kafka that the rows' column {@code topic} names. */
    public static KafkaTo kafka(String servers) {
        return new KafkaTo(Map.of("kafka.bootstrap.servers", servers));
    }

    /** Any sink by Spark's name: {@code sink("csv").option("path", "out").sink()}. */
    public static SinkSpec sink(String kind, Map<String, String> options) {
        return new SinkSpec(kind, kind, options, null);
    }

    public static ViewSpec.Bars bars(String x, String y) {
        return new ViewSpec.Bars(x, y, Optional.empty());
    }

    public static ViewSpec.Lines lines(String x, String... y) {
        return new ViewSpec.Lines(x, List.of(y), Optional.empty());
    }

    public static ViewSpec rates() {
        return new ViewSpec.Rates();
    }

    /** Event time against arrival time: windows, the watermark's steps, late rows. */
    public static ViewSpec watermark() {
        return new ViewSpec.Watermark();
    }

    public static ViewSpec table(int rows) {
        return new ViewSpec.Table(rows);
    }

    public static ViewSpec state() {
        return new ViewSpec.State();
    }
}
