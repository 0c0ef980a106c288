package org.tailrace.exec;

import java.util.BitSet;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** The rows of a batch for {@link JoinPairs}; of an empty one, every row is NULL. */
record BatchRows(VectorBatch rows) implements JoinPairs.RowSource {

    @Override
    public void gather(int[] some, int count, VectorBatch target, int at, BitSet wanted) {
        for (int c = 0; c < rows.columns.length; c++) {
            Vector column = target.columns[at + c];
            if (!wanted.get(at + c)) {
                column.prepare(0);
            } else if (rows.size == 0) {
                column.prepare(count);
                column.setAllNull();
            } else {
                column.gather(rows.columns[c], some, count);
            }
        }
    }

    /** Where every row has just one partner, as a bill has one customer, all rows go on as they are. */
    @Override
    public boolean lend(int[] some, int count, VectorBatch target, int at) {
        if (count != rows.size) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (some[i] != i) {
                return false;
            }
        }
        System.arraycopy(rows.columns, 0, target.columns, at, rows.columns.length);
        return true;
    }
}
