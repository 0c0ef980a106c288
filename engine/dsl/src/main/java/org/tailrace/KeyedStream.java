package org.tailrace;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.expr.Positions;
import org.tailrace.function.FlatMapGroupsFunction;
import org.tailrace.function.GroupFunction;
import org.tailrace.function.GroupState;
import org.tailrace.function.MapGroupsFunction;
import org.tailrace.function.ProcessFunction;
import org.tailrace.function.StatefulProcessor;
import org.tailrace.function.StatefulProcessorWithInitialState;
import org.tailrace.function.TimeMode;
import org.tailrace.function.ValueState;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.Plan;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.StatefulSpec.InitialState;
import org.tailrace.plan.StatefulSpec.Timeout;
import org.tailrace.plan.TransformSpec;

/**
 * Records grouped by a key, each key with a state of its own.
 *
 * <p>State is kept until the function removes it. States are records or single values of a column's type (numbers, text,
 * {@code java.time}); their names and types are part of a checkpoint. By event time, rows that the watermark has passed are
 * dropped before a function sees them; a function with timeouts needs a watermark (TR-220), and without one a processor's
 * timers never come.
 */
public final class KeyedStream<K, T> {
    private final StreamTable table;
    private final RecordBinding<T> binding;
    private final KeyFunction<T, K> key;
    private final ValueBinding<K> keys;
    private final TimeMode time;
    private final @Nullable KeyedStream<K, ?> initial;

    private KeyedStream(
            StreamTable table,
            RecordBinding<T> binding,
            KeyFunction<T, K> key,
            ValueBinding<K> keys,
            TimeMode time,
            @Nullable KeyedStream<K, ?> initial) {
        this.table = table;
        this.binding = binding;
        this.key = key;
        this.keys = keys;
        this.time = time;
        this.initial = initial;
    }

    @SuppressWarnings("unchecked")
    static <K, T> KeyedStream<K, T> of(StreamTable table, RecordBinding<T> binding, KeyFunction<T, K> key) {
        var type = (Class<K>) KeyTypes.of(key, key.getClass().getClassLoader());
        return new KeyedStream<>(table, binding, key, ValueBinding.of(type, "key"), TimeMode.NONE, null);
    }

    /** Which time wakes a key that asked for it: timeouts of groups, timers of processors. */
    public KeyedStream<K, T> timeMode(TimeMode mode) {
        return new KeyedStream<>(table, binding, key, keys, mode, initial);
    }

    /**
     * The states that a new query starts with: rows of a bounded table, read in the first batch. For functions of groups,
     * which are then called for these keys in that batch even without rows, the columns are matched to the state's
     * components by name (to {@code value}, if the state is a single value), and a key has one row (TR-310).
     *
     * @throws PlanException TR-239 if the table is a stream
     */
    public KeyedStream<K, T> initialState(KeyedStream<K, ?> rows) {
        if (rows.table.isStreaming()) {
            throw new PlanException(Problem.of("TR-239", "an initial state is read once, and this table is a stream")
                    .fix("a bounded table: what a memory sink holds, a file, or values"));
        }
        if (!rows.keys.schema().equals(keys.schema())) {
            throw new PlanException(Problem.of("TR-102", "the keys of the initial state are not those of the rows")
                    .have(rows.keys.schema() + "; and " + keys.schema())
                    .fix("key both by values of one type"));
        }
        return new KeyedStream<>(table, binding, key, keys, time, rows);
    }

    /**
     * Calls {@code function} for each row of a key, in order, with the key's state; what it emits are the rows of the
     * result.
     *
     * <p>On Spark: {@code transformWithState} with one value.
     *
     * @param result a record
     */
    public <S, R> StreamTable process(Class<S> state, Class<R> result, ProcessFunction<T, S, R> function) {
        FlatMapGroupsFunction<K, T, S, R> each = (k, rows, group, out) -> {
            var value = new Value<>(group);
            while (rows.hasNext()) {
                function.process(rows.next(), value, out);
            }
        };
        return groups("process", state, result, each, Optional.empty(), false);
    }

    /**
     * Calls {@code function} once for each key with rows in a batch, and for a key whose timeout has come; what it returns
     * are the rows of the result, which goes out in update mode.
     *
     * <p>On Spark: {@code mapGroupsWithState}.
     *
     * @param result a record
     */
    public <S, R> StreamTable mapGroupsWithState(
            Class<S> state, Class<R> result, MapGroupsFunction<K, T, S, R> function) {
        return groups(
                "mapGroupsWithState",
                state,
                result,
                (k, rows, group, out) -> out.emit(function.apply(k, rows, group)),
                Optional.empty(),
                true);
    }

    /**
     * As {@link #mapGroupsWithState}, with any number of rows for each call, in the output mode that is given here.
     *
     * <p>On Spark: {@code flatMapGroupsWithState}.
     *
     * @param mode append, if a row once emitted stays true; update
     */
    public <S, R> StreamTable flatMapGroupsWithState(
            OutputMode mode, Class<S> state, Class<R> result, FlatMapGroupsFunction<K, T, S, R> function) {
        if (mode == OutputMode.COMPLETE) {
            throw new PlanException(Problem.of("TR-229", "flatMapGroupsWithState cannot be sent in complete mode")
                    .because("it gives rows for append or for update mode")
                    .fix("OutputMode.APPEND or OutputMode.UPDATE"));
        }
        return groups("flatMapGroupsWithState", state, result, function, Optional.of(mode), false);
    }

    /**
     * Keyed state with several variables and timers.
     *
     * <p>On Spark: {@code transformWithState}.
     *
     * @param result a record
     * @param processor makes one, such as {@code Silence::new}: one is made here to read its variables, and one for each
     *     start
     * @throws PlanException TR-236 if two variables have one name, TR-237 or TR-238 if a time to live cannot be, TR-239 if
     *     there is an initial state and the processor does not take one
     */
    public <R> StreamTable transformWithState(
            Class<R> result, Supplier<? extends StatefulProcessor<K, T, R>> processor) {
        RecordBinding<R> results = RecordBinding.of(result);
        StatefulProcessor<K, T, R> one = processor.get();
        if (initial != null && !(one instanceof StatefulProcessorWithInitialState)) {
            throw new PlanException(Problem.of("TR-239", one.getClass().getSimpleName() + " takes no initial state")
                    .fix("extend StatefulProcessorWithInitialState, which has handleInitialState"));
        }
        var typed = new TypedProcessor<>(keys, binding, results, initial == null ? null : initial.binding, processor);
        String name = one.getClass().getSimpleName();
        return stateful(
                "transformWithState(" + (name.isEmpty() ? result.getSimpleName() : name) + ")",
                Schema.of(),
                results.schema(),
                Optional.empty(),
                false,
                (k, rows, state, out) -> {
                    throw new IllegalStateException("a processor is no function of groups");
                },
                Optional.of(typed.spec(time)),
                row -> row);
    }

    private <S, R> StreamTable groups(
            String verb,
            Class<S> state,
            Class<R> result,
            FlatMapGroupsFunction<K, T, S, R> function,
            Optional<OutputMode> mode,
            boolean map) {
        ValueBinding<S> states = ValueBinding.of(state, "value");
        RecordBinding<R> results = RecordBinding.of(result);
        Function<Row, Row> first = row -> row;
        if (initial != null) {
            first = initial.states(states);
        }
        return stateful(
                verb + "(" + result.getSimpleName() + ")",
                states.schema(),
                results.schema(),
                mode,
                map,
                new TypedGroups<>(keys, binding, states, results, function),
                Optional.empty(),
                first);
    }

    private StreamTable stateful(
            String name,
            Schema state,
            Schema output,
            Optional<OutputMode> mode,
            boolean map,
            GroupFunction function,
            Optional<TransformSpec> transform,
            Function<Row, Row> firstState) {
        var spec = new StatefulSpec(
                name,
                List.of(),
                Optional.of(keyOf()::apply),
                keys.schema(),
                state,
                output,
                Timeout.valueOf(time.name()),
                mode,
                map,
                function,
                transform,
                Optional.ofNullable(initial)
                        .map(from -> new InitialState(from.table::collect, from.keyOf(), firstState)));
        return table.derive(new Plan.Stateful(table.plan(), spec), new Positions());
    }

    /** From a row of this table to a state: its columns by name, or the column {@code value} for a single value. */
    private <S> Function<Row, Row> states(ValueBinding<S> states) {
        if (states.record() != null) {
            RecordBinding<S> read = RecordBinding.of(states.type(), table.schema());
            return row -> states.row(read.record(row));
        }
        Schema schema = states.schema();
        int column = table.schema().indexOf("value");
        if (column < 0 || !table.schema().type(column).equals(schema.type(0))) {
            throw new PlanException(
                    Problem.of("TR-101", "no column 'value " + schema.type(0).ddl() + "' in the initial state")
                            .have(table.schema().toString())
                            .fix("name the column of the state 'value', or keep a record"));
        }
        return row -> new Row(schema, Collections.singletonList(row.get(column)));
    }

    private Function<Row, Row> keyOf() {
        return row -> keys.orNull(key.apply(binding.record(row)));
    }

    /** The state of a group as a value. */
    private record Value<S>(GroupState<S> state) implements ValueState<S> {
        @Override
        public Optional<S> get() {
            return state.get();
        }

        @Override
        public void set(S value) {
            state.set(value);
        }

        @Override
        public void clear() {
            state.remove();
        }
    }
}
