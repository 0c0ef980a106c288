package org.tailrace.expr;

import org.tailrace.data.DataType;
import org.tailrace.data.Vector;

/** The cast of one value that is not NULL. */
interface CastStep {

    /** Writes the value, or returns false if it cannot be cast. May set the row to NULL itself. */
    boolean cast(Vector in, int row, Vector out);

    /** Casts row by row. */
    final class Kernel implements ScalarFunction.Kernel {
        private final CastStep step;
        private final DataType from;
        private final DataType to;
        private final boolean strict;

        /** @param strict an error for a value that cannot be cast, not NULL */
        Kernel(CastStep step, DataType from, DataType to, boolean strict) {
            this.step = step;
            this.from = from;
            this.to = to;
            this.strict = strict;
        }

        @Override
        public void evaluate(Vector[] arguments, int count, Vector result) {
            Vector in = arguments[0];
            result.prepare(count);
            result.andValidity(in);
            for (int row = 0; row < count; row++) {
                if (in.isNull(row) || step.cast(in, row, result)) {
                    continue;
                }
                if (!strict) {
                    result.setNull(row);
                } else if (to instanceof DataType.Decimal && from.isNumeric()) {
                    throw Errors.decimalRange(in.get(row) + "", to);
                } else {
                    throw Errors.cast(String.valueOf(in.get(row)), from, to);
                }
            }
        }
    }
}
