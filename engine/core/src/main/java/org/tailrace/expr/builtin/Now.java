package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.text.Interval;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** The time of the batch, the same for all its rows. */
final class Now extends Described implements ScalarFunction {
    static final List<Now> ALL = List.of(
            new Now(
                    "current_timestamp now",
                    "current_timestamp()",
                    "The time at which the batch began.",
                    "current_timestamp() = now()",
                    DataType.TIMESTAMP),
            new Now(
                    "current_date curdate",
                    "current_date()",
                    "The date of the batch.",
                    "current_date() = curdate()",
                    DataType.DATE),
            new Now(
                    "localtimestamp",
                    "localtimestamp()",
                    "The time at which the batch began, without zone.",
                    "localtimestamp() = localtimestamp()",
                    DataType.TIMESTAMP_NTZ));

    private final DataType type;

    private Now(String names, String signature, String doc, String example, DataType type) {
        super(names, signature, doc, example);
        this.type = type;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (!arguments.isEmpty()) {
            throw TypeMismatch.wrongNumber("no arguments", arguments.size());
        }
        return new Signature(List.of(), type, false);
    }

    @Override
    public boolean deterministic() {
        return false;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            long micros = context.clock().batchTimeMicros;
            long wall = TimestampText.toWall(micros, context.zone());
            long value = type == DataType.TIMESTAMP
                    ? micros
                    : type == DataType.DATE ? Math.floorDiv(wall, Interval.MICROS_PER_DAY) : wall;
            out.prepare(count);
            for (int row = 0; row < count; row++) {
                Cell.put(out, row, value);
            }
            out.constant = true;
        };
    }
}
