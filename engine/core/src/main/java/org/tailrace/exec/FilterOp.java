package org.tailrace.exec;

import java.util.BitSet;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Evaluator;

/** Keeps the rows for which a condition is true. Columns that nothing above reads are left empty. */
final class FilterOp implements RowOp {
    private final Evaluator condition;
    private final BitSet needed;
    private final VectorBatch kept;
    private int[] selection = new int[0];

    FilterOp(Evaluator condition, Schema schema, BitSet needed) {
        this.condition = condition;
        this.needed = needed;
        kept = VectorBatch.create(schema);
    }

    @Override
    public void apply(VectorBatch rows, Rows out) throws Exception {
        int count = select((BooleanVector) condition.evaluate(rows), rows.size);
        if (count == rows.size) {
            out.accept(rows);
        } else if (count > 0) {
            for (int c = needed.nextSetBit(0); c >= 0; c = needed.nextSetBit(c + 1)) {
                kept.columns[c].gather(rows.columns[c], selection, count);
            }
            kept.size = count;
            out.accept(kept);
        }
    }

    private int select(BooleanVector mask, int rows) {
        selection = Ints.room(selection, rows);
        boolean[] values = mask.values;
        int offset = mask.offset;
        int count = 0;
        if (mask.validity == null) {
            for (int i = 0; i < rows; i++) {
                selection[count] = i;
                count += values[offset + i] ? 1 : 0;
            }
        } else {
            for (int i = 0; i < rows; i++) {
                selection[count] = i;
                count += values[offset + i] && !mask.isNull(i) ? 1 : 0;
            }
        }
        return count;
    }
}
