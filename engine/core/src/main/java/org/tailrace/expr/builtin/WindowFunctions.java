package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.IntervalText;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/**
 * {@code window}, {@code session_window} and {@code window_time}. In GROUP BY the plan takes the first two apart; outside
 * of it {@code window} is the tumbling window that a time is in.
 */
final class WindowFunctions {
    private static final DataType BOUNDS = new DataType.Struct(
            Schema.of(new Field("start", DataType.TIMESTAMP), new Field("end", DataType.TIMESTAMP)));

    private WindowFunctions() {}

    static List<Function> all() {
        return List.of(
                new Window(),
                new SessionWindow(),
                Strict.of(
                        "window_time",
                        "window_time(window struct) -> timestamp",
                        "The last microsecond of a window, the event time of its row.",
                        "window_time(named_struct('start', timestamp'2021-01-01 00:00:00', 'end', "
                                + "timestamp'2021-01-01 00:05:00'))",
                        (v, i, out) -> {
                            var end = (LongVector) ((StructVector) v[0]).children[1];
                            Cell.put(out, i, end.values[end.offset + i] - 1);
                        }));
    }

    private static DataType bounds(DataType time) {
        return time == DataType.TIMESTAMP_NTZ
                ? new DataType.Struct(Schema.of(new Field("start", time), new Field("end", time)))
                : BOUNDS;
    }

    private static DataType time(List<Typed> arguments) {
        DataType type = arguments.get(0).type();
        if (type == DataType.STRING || type == DataType.VOID || type == DataType.DATE) {
            return DataType.TIMESTAMP;
        }
        boolean window = type instanceof DataType.Struct struct
                && struct.fields().size() == 2
                && struct.fields().type(0) == DataType.TIMESTAMP
                && struct.fields().type(1) == DataType.TIMESTAMP;
        if (type != DataType.TIMESTAMP && type != DataType.TIMESTAMP_NTZ && !window) {
            throw new Function.TypeMismatch("needs a timestamp, not " + type, 0);
        }
        return type;
    }

    /** {@code window(time, size[, slide[, start]])}. */
    private static final class Window extends Described implements ScalarFunction {
        Window() {
            super(
                    "window",
                    "window(time, size[, slide[, start]])",
                    "The window of event time that a row falls into: a struct of start and end, aligned to UTC.",
                    "window.start, count(*) from values ('A', timestamp'2021-01-01 00:03:00') t(a, b) "
                            + "group by window(b, '5 minutes')");
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() < 2 || arguments.size() > 4) {
                throw TypeMismatch.wrongNumber("2 to 4 arguments", arguments.size());
            }
            var types = new ArrayList<DataType>(List.of(time(arguments)));
            for (int i = 1; i < arguments.size(); i++) {
                types.add(arguments.get(i).type());
                length(arguments, i);
            }
            return new Signature(types, bounds(types.get(0)), arguments.get(0).nullable());
        }

        private static long length(List<Typed> arguments, int index) {
            Object value = arguments.get(index) instanceof Typed.Constant constant ? constant.value() : null;
            if (value instanceof java.time.Duration duration) {
                return org.tailrace.data.Values.toLong(DataType.DAY_TIME, duration);
            }
            Optional<Interval> interval = value instanceof String text ? IntervalText.find(text) : Optional.empty();
            if (interval.isEmpty() || interval.get().hasMonths()) {
                throw new TypeMismatch("needs a length of time such as '10 minutes'", index);
            }
            return interval.get().toMicros(0);
        }

        @Override
        public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
            long size = length(arguments, 1);
            long slide = arguments.size() > 2 ? length(arguments, 2) : size;
            long start = arguments.size() > 3 ? length(arguments, 3) : 0;
            if (slide != size || arguments.get(0).type() instanceof DataType.Struct) {
                throw new IllegalStateException("sliding windows belong to the plan");
            }
            return Strict.kernel((v, i, out) -> {
                var bounds = (StructVector) out;
                long time = Cell.whole(v[0], i);
                long from = time - Math.floorMod(time - start, size);
                Cell.put(bounds.children[0], i, from);
                Cell.put(bounds.children[1], i, from + size);
            });
        }
    }

    /** {@code session_window(time, gap)}: only ever part of a plan. */
    private static final class SessionWindow extends Described implements ScalarFunction {
        SessionWindow() {
            super(
                    "session_window",
                    "session_window(time, gap)",
                    "In GROUP BY: the session that a row belongs to, which ends a gap after its last row.",
                    "a, session_window.start, count(*) from values ('A', timestamp'2021-01-01 00:00:00') t(a, b) "
                            + "group by session_window(b, '5 minutes'), a");
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() != 2) {
                throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
            }
            return new Signature(
                    List.of(time(arguments), arguments.get(1).type()),
                    BOUNDS,
                    arguments.get(0).nullable());
        }

        @Override
        public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
            throw new IllegalStateException("session windows belong to the plan");
        }
    }
}
