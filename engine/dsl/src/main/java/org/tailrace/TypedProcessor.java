package org.tailrace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.error.UserCodeException;
import org.tailrace.function.Emitter;
import org.tailrace.function.ListState;
import org.tailrace.function.MapState;
import org.tailrace.function.RowProcessor;
import org.tailrace.function.RowVariables;
import org.tailrace.function.StateHandle;
import org.tailrace.function.StatefulProcessor;
import org.tailrace.function.StatefulProcessorWithInitialState;
import org.tailrace.function.TimeMode;
import org.tailrace.function.Timers;
import org.tailrace.function.ValueState;
import org.tailrace.plan.TransformSpec;
import org.tailrace.plan.TransformSpec.Kind;
import org.tailrace.plan.TransformSpec.Variable;

/**
 * A user's processor over rows. One that is made when the verb is called says which variables there are; each start of a
 * query makes another, whose variables are bound to that query's state.
 *
 * @param initial null if there is no initial state
 */
record TypedProcessor<K, T, R>(
        ValueBinding<K> keys,
        RecordBinding<T> rows,
        RecordBinding<R> results,
        @Nullable RecordBinding<?> initial,
        Supplier<? extends StatefulProcessor<K, T, R>> make) {

    TransformSpec spec(TimeMode time) {
        var declared = new Handle(null, time);
        init(make.get(), declared);
        return new TransformSpec(declared.variables, variables -> {
            StatefulProcessor<K, T, R> processor = make.get();
            init(processor, new Handle(variables, time));
            return new Bound<>(processor, this);
        });
    }

    private static void init(StatefulProcessor<?, ?, ?> processor, StateHandle handle) {
        try {
            processor.init(handle);
        } catch (PlanException e) {
            throw e;
        } catch (Exception e) {
            throw new UserCodeException(
                    Problem.of("TR-501", "init of " + processor.getClass().getSimpleName() + " threw: " + e)
                            .fix("declare the variables there, and use them in the handle.. methods"),
                    e);
        }
    }

    private record Bound<K, T, R>(StatefulProcessor<K, T, R> processor, TypedProcessor<K, T, R> types)
            implements RowProcessor {
        @Override
        public void rows(Row key, Iterator<Row> input, Timers timers, Emitter<Row> out) throws Exception {
            processor.handleInputRows(
                    types.keys.value(key),
                    TypedGroups.records(input, types.rows),
                    timers,
                    r -> out.emit(types.results.row(r)));
        }

        @Override
        public void timer(Row key, long timeMs, Timers timers, Emitter<Row> out) throws Exception {
            processor.handleExpiredTimer(types.keys.value(key), timeMs, timers, r -> out.emit(types.results.row(r)));
        }

        @Override
        @SuppressWarnings("unchecked")
        public void initial(Row key, Row row, Timers timers) throws Exception {
            ((StatefulProcessorWithInitialState<K, T, R, Object>) processor)
                    .handleInitialState(types.keys.value(key), types.initial.record(row), timers);
        }

        @Override
        public void close() throws Exception {
            processor.close();
        }
    }

    /** Notes what is declared; gives the variables of a query, or while there is none, ones that cannot be used. */
    private static final class Handle implements StateHandle {
        private final @Nullable RowVariables bound;
        private final TimeMode time;
        private final List<Variable> variables = new ArrayList<>();

        Handle(@Nullable RowVariables bound, TimeMode time) {
            this.bound = bound;
            this.time = time;
        }

        private void declare(String name, Kind kind, Schema key, Schema value, Duration timeToLive) {
            if (variables.stream().anyMatch(v -> v.name().equals(name))) {
                throw new PlanException(Problem.of("TR-236", "two state variables are called '" + name + "'")
                        .because("a checkpoint finds a variable by its name")
                        .fix("give each a name of its own"));
            }
            if (timeToLive != FOR_EVER && time != TimeMode.PROCESSING_TIME) {
                throw new PlanException(Problem.of("TR-237", "the time to live of '" + name + "' needs processing time")
                        .because("values expire by batch time, and the processor runs with " + time)
                        .fix(".timeMode(TimeMode.PROCESSING_TIME), or a timer that clears the value"));
            }
            if (timeToLive != FOR_EVER && timeToLive.toMillis() <= 0) {
                throw new PlanException(
                        Problem.of("TR-238", "the time to live of '" + name + "' is not positive: " + timeToLive)
                                .fix("Duration.ofHours(1), or leave it out: the value stays until it is cleared"));
            }
            variables.add(new Variable(name, kind, key, value, timeToLive.toMillis()));
        }

        private static final Duration FOR_EVER = Duration.ZERO;

        @Override
        public <S> ValueState<S> value(String name, Class<S> type) {
            return value(name, type, FOR_EVER);
        }

        @Override
        public <S> ValueState<S> value(String name, Class<S> type, Duration timeToLive) {
            ValueBinding<S> values = ValueBinding.of(type, "value");
            declare(name, Kind.VALUE, Schema.of(), values.schema(), timeToLive);
            return new TypedValue<>(bound == null ? null : bound.value(name), values);
        }

        @Override
        public <S> ListState<S> list(String name, Class<S> type) {
            return list(name, type, FOR_EVER);
        }

        @Override
        public <S> ListState<S> list(String name, Class<S> type, Duration timeToLive) {
            ValueBinding<S> values = ValueBinding.of(type, "value");
            declare(name, Kind.LIST, Schema.of(), values.schema(), timeToLive);
            return new TypedList<>(bound == null ? null : bound.list(name), values);
        }

        @Override
        public <M, S> MapState<M, S> map(String name, Class<M> key, Class<S> type) {
            return map(name, key, type, FOR_EVER);
        }

        @Override
        public <M, S> MapState<M, S> map(String name, Class<M> key, Class<S> type, Duration timeToLive) {
            ValueBinding<M> keys = ValueBinding.of(key, "map_key");
            ValueBinding<S> values = ValueBinding.of(type, "value");
            declare(name, Kind.MAP, keys.schema(), values.schema(), timeToLive);
            return new TypedMap<>(bound == null ? null : bound.map(name), keys, values);
        }
    }

    private static <X> X running(@Nullable X state) {
        if (state == null) {
            throw new IllegalStateException("state belongs to a key: it may be used in handle.. calls only");
        }
        return state;
    }

    private record TypedValue<S>(@Nullable ValueState<Row> state, ValueBinding<S> values) implements ValueState<S> {
        @Override
        public Optional<S> get() {
            return running(state).get().map(values::value);
        }

        @Override
        public void set(S value) {
            running(state).set(values.row(value));
        }

        @Override
        public void clear() {
            running(state).clear();
        }
    }

    private record TypedList<S>(@Nullable ListState<Row> state, ValueBinding<S> values) implements ListState<S> {
        @Override
        public List<S> get() {
            return running(state).get().stream().map(values::value).toList();
        }

        @Override
        public void add(S value) {
            running(state).add(values.row(value));
        }

        @Override
        public void clear() {
            running(state).clear();
        }
    }

    private record TypedMap<M, S>(@Nullable MapState<Row, Row> state, ValueBinding<M> keys, ValueBinding<S> values)
            implements MapState<M, S> {
        @Override
        public Optional<S> get(M key) {
            return running(state).get(keys.row(key)).map(values::value);
        }

        @Override
        public void put(M key, S value) {
            running(state).put(keys.row(key), values.row(value));
        }

        @Override
        public void remove(M key) {
            running(state).remove(keys.row(key));
        }

        @Override
        public Map<M, S> entries() {
            var entries = new LinkedHashMap<M, S>();
            running(state).entries().forEach((k, v) -> entries.put(keys.value(k), values.value(v)));
            return entries;
        }

        @Override
        public void clear() {
            running(state).clear();
        }
    }
}
