package org.tailrace.expr.builtin;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code timestampadd(unit, count, time)}, which is also what {@code dateadd} and {@code date_add} of three arguments mean. */
final class TimestampAdd extends Described implements ScalarFunction {
    private static final Shape SHAPE =
            new Shape("f(unit string, count bigint, time timestamp|timestamp_ntz) -> bigint");

    TimestampAdd() {
        super(
                "timestampadd",
                "timestampadd(unit, count bigint, time timestamp|timestamp_ntz)",
                "A time so many units later, such as MONTH or HOUR; of a date, too, a timestamp.",
                "timestampadd(HOUR, 8, timestamp_ntz'2022-02-11 20:30:00')");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature signature = SHAPE.resolve(arguments, context);
        CalendarUnit.of(arguments.get(0));
        return new Signature(signature.parameters(), signature.parameters().get(2), signature.nullable());
    }

    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public boolean nullIfAnyIsNull() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        CalendarUnit unit = CalendarUnit.of(arguments.get(0));
        ZoneId zone = result == DataType.TIMESTAMP ? context.zone() : ZoneOffset.UTC;
        return Strict.kernel((v, i, out) -> Cell.put(out, i, unit.add(Cell.whole(v[2], i), Cell.whole(v[1], i), zone)));
    }
}
