package org.tailrace;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.expr.Positions;
import org.tailrace.function.Emitter;
import org.tailrace.function.GroupFunction;
import org.tailrace.function.GroupState;
import org.tailrace.function.ProcessFunction;
import org.tailrace.function.ValueState;
import org.tailrace.plan.Plan;
import org.tailrace.plan.StatefulSpec;

/** Records grouped by a key, each key with a state of its own. */
public final class KeyedStream<K, T> {
    private final StreamTable table;
    private final RecordBinding<T> binding;
    private final KeyFunction<T, K> key;
    private final Class<?> keyType;

    private KeyedStream(StreamTable table, RecordBinding<T> binding, KeyFunction<T, K> key, Class<?> keyType) {
        this.table = table;
        this.binding = binding;
        this.key = key;
        this.keyType = keyType;
    }

    static <K, T> KeyedStream<K, T> of(StreamTable table, RecordBinding<T> binding, KeyFunction<T, K> key) {
        ClassLoader loader = key.getClass().getClassLoader();
        return new KeyedStream<>(table, binding, key, KeyTypes.of(key, loader));
    }

    /**
     * Calls {@code function} for each row of a key, in order, with the key's state; what it emits are the rows of the
     * result. State is kept until the function clears it.
     *
     * <p>On Spark: {@code transformWithState}.
     *
     * @param state a record; its components are part of a checkpoint
     * @param result a record
     */
    public <S, R> StreamTable process(Class<S> state, Class<R> result, ProcessFunction<T, S, R> function) {
        RecordBinding<S> states = RecordBinding.of(state);
        RecordBinding<R> results = RecordBinding.of(result);
        boolean record = keyType.isRecord();
        Schema keySchema =
                record ? RecordBinding.of(keyType).schema() : Schema.of(new Field("key", keyDataType(), true));
        RecordBinding<T> rows = binding;
        KeyFunction<T, K> by = key;
        var spec = new StatefulSpec(
                "process(" + result.getSimpleName() + ")",
                List.of(),
                Optional.of(row -> keyRow(keySchema, by.apply(rows.record(row)))),
                keySchema,
                states.schema(),
                results.schema(),
                StatefulSpec.Timeout.NONE,
                Optional.empty(),
                false,
                new Typed<>(rows, states, results, function));
        return table.derive(new Plan.Stateful(table.plan(), spec), new Positions());
    }

    private DataType keyDataType() {
        return RecordBinding.type(keyType);
    }

    @SuppressWarnings("unchecked")
    private static Row keyRow(Schema schema, @org.jspecify.annotations.Nullable Object key) {
        return key instanceof Record
                ? RecordBinding.of((Class<Object>) key.getClass()).row(key)
                : new Row(schema, java.util.Collections.singletonList(key));
    }

    /** The user's function, with records made of rows and rows of records. */
    private record Typed<T, S, R>(
            RecordBinding<T> rows, RecordBinding<S> states, RecordBinding<R> results, ProcessFunction<T, S, R> function)
            implements GroupFunction {

        @Override
        public void apply(Row key, Iterator<Row> input, GroupState state, Emitter<Row> out) throws Exception {
            var value = new ValueState<S>() {
                @Override
                public Optional<S> get() {
                    return state.get().map(states::record);
                }

                @Override
                public void set(S to) {
                    state.set(states.row(to));
                }

                @Override
                public void clear() {
                    state.remove();
                }
            };
            while (input.hasNext()) {
                function.process(rows.record(input.next()), value, result -> out.emit(results.row(result)));
            }
        }
    }
}
