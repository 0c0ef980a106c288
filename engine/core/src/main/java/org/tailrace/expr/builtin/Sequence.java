package org.tailrace.expr.builtin;

import java.time.ZoneId;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.text.Interval;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code sequence(start, stop[, step])} of whole numbers, dates or timestamps; both ends count. */
final class Sequence extends Described implements ScalarFunction {
    private static final long MOST = 1_000_000;

    Sequence() {
        super(
                "sequence",
                "sequence(start, stop[, step])",
                "The values from start to stop, by 1 or 1 day unless a step is given.",
                "sequence(1, 5)");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw TypeMismatch.wrongNumber("2 or 3 arguments", arguments.size());
        }
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        DataType type = Coercion.common(left, right, context.ansi()).orElse(DataType.VOID);
        boolean time = type == DataType.DATE || type == DataType.TIMESTAMP || type == DataType.TIMESTAMP_NTZ;
        if (!type.isIntegral() && !time) {
            throw new TypeMismatch("needs whole numbers, dates or timestamps, not " + left + " and " + right);
        }
        boolean nullable = arguments.stream().anyMatch(Typed::nullable);
        DataType result = new DataType.Array(type, false);
        if (arguments.size() == 2) {
            return new Signature(List.of(type, type), result, nullable);
        }
        DataType step = arguments.get(2).type();
        boolean interval = step instanceof DataType.DayTimeInterval || step instanceof DataType.YearMonthInterval;
        if (time && !interval || !time && !step.isIntegral()) {
            throw new TypeMismatch(
                    "needs " + (time ? "an interval" : "a whole number") + " as its step, not " + step, 2);
        }
        return new Signature(List.of(type, type, time ? step : type), result, nullable);
    }

    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        DataType type = arguments.get(0).type();
        DataType step = arguments.size() > 2 ? arguments.get(2).type() : type.isIntegral() ? type : DataType.DAY_TIME;
        return Strict.kernel(
                ArrayFunctions.filling((v, i, elements) -> fill(v, i, elements, type, step, context.zone())));
    }

    private static void fill(Vector[] v, int row, Vector elements, DataType type, DataType step, ZoneId zone) {
        long start = Cell.whole(v[0], row);
        long stop = Cell.whole(v[1], row);
        long by = v.length > 2
                ? Cell.whole(v[2], row)
                : (type.isIntegral() ? 1 : Interval.MICROS_PER_DAY) * (start <= stop ? 1 : -1);
        if (type == DataType.DATE && step instanceof DataType.DayTimeInterval) {
            by /= Interval.MICROS_PER_DAY;
        }
        if (by == 0 && start != stop || by > 0 && start > stop || by < 0 && start < stop) {
            throw Errors.argument("the step does not lead from start to stop", "turn its sign");
        }
        Vector one = Vector.create(type);
        long value = start;
        for (long k = 0; by >= 0 ? value <= stop : value >= stop; ) {
            if (k == MOST) {
                throw Errors.argument("a sequence has at most " + MOST + " values", "");
            }
            one.prepare(1);
            Cell.put(one, 0, value);
            elements.append(one, 0);
            k++;
            if (by == 0) {
                break;
            }
            value = step instanceof DataType.YearMonthInterval
                    ? type == DataType.DATE
                            ? Calendar.addMonths((int) start, by * k)
                            : TimeArithmetic.addMonths(start, by * k, zone)
                    : start + by * k;
        }
    }
}
