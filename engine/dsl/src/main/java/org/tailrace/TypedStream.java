package org.tailrace;

import java.io.Serializable;
import java.util.List;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.expr.Positions;
import org.tailrace.function.Emitter;
import org.tailrace.plan.MapSpec;
import org.tailrace.plan.Plan;

/**
 * A table seen as records, for what SQL cannot say. Lambdas run row by row: the slow tier, to be used after conditions in
 * text have done their part. They may throw; what then happens is {@code onError}'s business.
 */
public final class TypedStream<T> {
    private final StreamTable table;
    private final Class<T> type;
    private final RecordBinding<T> binding;

    private TypedStream(StreamTable table, Class<T> type, RecordBinding<T> binding) {
        this.table = table;
        this.type = type;
        this.binding = binding;
    }

    /** @throws org.tailrace.error.PlanException TR-101 or TR-102 if a component has no column of its name or type */
    static <T> TypedStream<T> of(StreamTable table, Class<T> type) {
        return new TypedStream<>(table, type, RecordBinding.of(type, table.schema()));
    }

    /** A test that may throw. */
    @FunctionalInterface
    public interface Test<T> extends Serializable {
        boolean test(T row) throws Exception;
    }

    /** A function that may throw. */
    @FunctionalInterface
    public interface Mapper<T, R> extends Serializable {
        R apply(T row) throws Exception;
    }

    public TypedStream<T> filter(Test<T> test) {
        RecordBinding<T> from = binding;
        var spec = new MapSpec("filter(" + type.getSimpleName() + ")", table.schema(), (row, out) -> {
            if (test.test(from.record(row))) {
                out.emit(row);
            }
        });
        return of(mapped(spec), type);
    }

    /** One record from each. */
    public <R> TypedStream<R> map(Class<R> result, Mapper<T, R> function) {
        return flatMap(result, row -> List.of(function.apply(row)));
    }

    /** Any number of records from each. */
    public <R> TypedStream<R> flatMap(Class<R> result, Mapper<T, ? extends Iterable<R>> function) {
        RecordBinding<T> from = binding;
        RecordBinding<R> to = RecordBinding.of(result);
        String name = "map(" + type.getSimpleName() + " → " + result.getSimpleName() + ")";
        var spec = new MapSpec(name, to.schema(), (Row row, Emitter<Row> out) -> {
            for (R each : function.apply(from.record(row))) {
                out.emit(to.row(each));
            }
        });
        return of(mapped(spec), result);
    }

    private StreamTable mapped(MapSpec spec) {
        return table.derive(new Plan.MapBatches(table.plan(), spec), new Positions());
    }

    /** Groups by a value of each record: text, a number, a boolean, a {@code java.time} value, or a record of these. */
    public <K> KeyedStream<K, T> keyBy(KeyFunction<T, K> key) {
        return KeyedStream.of(table, binding, key);
    }

    /** The rows as a table again. */
    public StreamTable toTable() {
        return table;
    }

    /** Shown as the table that it is. */
    @Override
    public String toString() {
        return table.toString();
    }
}
