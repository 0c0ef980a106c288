package org.tailrace.expr.builtin;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.ScalarFunction;

/** The hour, minute or second of a timestamp in a zone. */
final class ClockField implements ScalarFunction.Kernel {
    private final ZoneId zone;
    private final Divisor cycle;
    private final Divisor unit;
    private long[] walls = new long[0];

    /** @param unitMicros how long the unit lasts @param many how many of them until it begins anew */
    ClockField(ZoneId zone, long unitMicros, int many) {
        this.zone = zone;
        cycle = new Divisor(unitMicros * many);
        unit = new Divisor(unitMicros);
    }

    @Override
    public void evaluate(Vector[] arguments, int count, Vector result) {
        var times = (LongVector) arguments[0];
        var out = (IntVector) result;
        out.prepare(count);
        out.andValidity(times);
        long[] from = times.values;
        int offset = times.offset;
        if (times.type == DataType.TIMESTAMP && zone != ZoneOffset.UTC) {
            if (walls.length < count) {
                walls = new long[count];
            }
            for (int row = 0; row < count; row++) {
                walls[row] = out.isNull(row) ? 0 : TimestampText.toWall(from[offset + row], zone);
            }
            from = walls;
            offset = 0;
        }
        int[] into = out.values;
        for (int row = 0; row < count; row++) {
            into[row] = (int) unit.quotient(cycle.modulus(from[offset + row]));
        }
    }
}
