package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code timestampdiff(unit, start, end)}, which is also what {@code datediff} and {@code date_diff} of three arguments mean. */
final class TimestampDiff extends Described implements ScalarFunction {
    private static final Shape SHAPE = new Shape("f(unit string, start timestamp, end timestamp) -> bigint");

    TimestampDiff() {
        super(
                "timestampdiff",
                "timestampdiff(unit, start timestamp, end timestamp) -> bigint",
                "The whole units from one time to another; negative if the second is the earlier.",
                "timestampdiff(MONTH, timestamp'2021-01-01 00:00:00', timestamp'2022-04-01 00:00:00')");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature signature = SHAPE.resolve(arguments, context);
        if (CalendarUnit.of(arguments.get(0)) == CalendarUnit.DAYOFYEAR) {
            throw new TypeMismatch("counts no DAYOFYEAR, but DAY", 0);
        }
        return signature;
    }

    @Override
    public boolean nullIfAnyIsNull() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        CalendarUnit unit = CalendarUnit.of(arguments.get(0));
        return Strict.kernel((v, i, out) -> Cell.put(
                out, i, unit.between(Calendar.wall(v[1], i, context.zone()), Calendar.wall(v[2], i, context.zone()))));
    }
}
