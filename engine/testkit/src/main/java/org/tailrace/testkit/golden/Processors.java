package org.tailrace.testkit.golden;

import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.function.Emitter;
import org.tailrace.function.RowProcessor;
import org.tailrace.function.RowVariables;
import org.tailrace.function.Timers;
import org.tailrace.plan.TransformSpec;
import org.tailrace.plan.TransformSpec.Kind;

/** The programs with several variables and timers; they read and write what {@link Programs} do. */
final class Processors {
    private static final Schema NOTHING = Schema.of();
    private static final Schema NUMBER = Schema.of(new Field("value", DataType.BIGINT));

    static final TransformSpec TIMERS = new TransformSpec(
            List.of(variable("count", Kind.VALUE, NOTHING), variable("due", Kind.VALUE, NOTHING)), Counted::new);
    static final TransformSpec COLLECTIONS = new TransformSpec(
            List.of(variable("values", Kind.LIST, NOTHING), variable("counts", Kind.MAP, NUMBER)), Collected::new);

    private Processors() {}

    private static TransformSpec.Variable variable(String name, Kind kind, Schema key) {
        return new TransformSpec.Variable(name, kind, key, NUMBER, 0);
    }

    private static Row number(long value) {
        return new Row(NUMBER, List.of(value));
    }

    private static Row out(Row key, long n, String info) {
        return new Row(Programs.OUTPUT, Arrays.asList(key.get(0), n, info));
    }

    /** Says how many rows a key has had, at each batch and five minutes of event time after its last. */
    private record Counted(RowVariables state) implements RowProcessor {
        private long held(String name) {
            return state.value(name).get().map(row -> (Long) row.get(0)).orElse(0L);
        }

        @Override
        public void rows(Row key, Iterator<Row> rows, Timers timers, Emitter<Row> out) {
            long count = held("count");
            long newest = 0;
            for (; rows.hasNext(); count++) {
                newest = Math.max(newest, ((Instant) rows.next().get("ts")).toEpochMilli());
            }
            timers.deleteMs(held("due"));
            timers.registerMs(newest + 5 * 60_000L);
            state.value("count").set(number(count));
            state.value("due").set(number(newest + 5 * 60_000L));
            out.emit(out(key, count, "rows"));
        }

        @Override
        public void timer(Row key, long timeMs, Timers timers, Emitter<Row> out) {
            out.emit(out(key, held("count"), "timer " + Instant.ofEpochMilli(timeMs)));
            state.value("count").clear();
            state.value("due").clear();
        }

        @Override
        public void initial(Row key, Row initial, Timers timers) {}

        @Override
        public void close() {}
    }

    /** Says which numbers a key has had and how often, until they are five. */
    private record Collected(RowVariables state) implements RowProcessor {
        @Override
        public void rows(Row key, Iterator<Row> rows, Timers timers, Emitter<Row> out) {
            while (rows.hasNext()) {
                Row value = number((Long) rows.next().get("v"));
                state.list("values").add(value);
                long before = state.map("counts")
                        .get(value)
                        .map(row -> (Long) row.get(0))
                        .orElse(0L);
                state.map("counts").put(value, number(before + 1));
            }
            List<Row> values = state.list("values").get();
            var text = new StringBuilder();
            values.forEach(row -> text.append(row.get(0)).append(' '));
            for (Map.Entry<Row, Row> entry : state.map("counts").entries().entrySet()) {
                text.append(entry.getKey().get(0))
                        .append('x')
                        .append(entry.getValue().get(0))
                        .append(' ');
            }
            out.emit(out(key, values.size(), text.toString()));
            if (values.size() >= 5) {
                state.list("values").clear();
                state.map("counts").clear();
            }
        }

        @Override
        public void timer(Row key, long timeMs, Timers timers, Emitter<Row> out) {}

        @Override
        public void initial(Row key, Row initial, Timers timers) {}

        @Override
        public void close() {}
    }
}
