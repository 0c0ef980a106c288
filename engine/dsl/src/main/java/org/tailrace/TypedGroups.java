package org.tailrace;

import java.util.Iterator;
import java.util.Optional;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.function.Emitter;
import org.tailrace.function.FlatMapGroupsFunction;
import org.tailrace.function.GroupFunction;
import org.tailrace.function.GroupState;

/** A user's function of groups, with records made of rows and rows of records. */
record TypedGroups<K, T, S, R>(
        ValueBinding<K> keys,
        RecordBinding<T> rows,
        ValueBinding<S> states,
        RecordBinding<R> results,
        FlatMapGroupsFunction<K, T, S, R> function)
        implements GroupFunction {

    @Override
    public void apply(Row key, Iterator<Row> input, GroupState<Row> state, Emitter<Row> out) throws Exception {
        function.apply(
                keys.value(key), records(input, rows), new Typed<>(state, states), r -> out.emit(results.row(r)));
    }

    static <T> Iterator<T> records(Iterator<Row> rows, RecordBinding<T> binding) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public T next() {
                return binding.record(rows.next());
            }
        };
    }

    private record Typed<S>(GroupState<Row> state, ValueBinding<S> states) implements GroupState<S> {
        @Override
        public Optional<S> get() {
            return state.get().map(states::value);
        }

        @Override
        public void set(S to) {
            state.set(states.row(to));
        }

        @Override
        public void remove() {
            state.remove();
        }

        @Override
        public boolean timedOut() {
            return state.timedOut();
        }

        @Override
        public long watermarkMs() {
            return state.watermarkMs();
        }

        @Override
        public long batchTimeMs() {
            return state.batchTimeMs();
        }

        @Override
        public void timeoutAtMs(long eventTimeMs) {
            state.timeoutAtMs(eventTimeMs);
        }

        @Override
        public void timeoutAfterMs(long processingMs) {
            state.timeoutAfterMs(processingMs);
        }
    }
}
