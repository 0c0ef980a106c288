package org.tailrace.exec;

import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** All rows of an operator's child, copied, for what must see them together. */
final class Collected {
    final VectorBatch rows;
    private final VectorBatch part;

    private Collected(Schema schema) {
        rows = VectorBatch.create(schema);
        part = VectorBatch.create(schema);
        Columns.clear(rows);
    }

    static Collected run(Operator child, Schema schema, BatchRun batch) throws Exception {
        var all = new Collected(schema);
        child.run(batch, more -> Columns.append(more, all.rows));
        return all;
    }

    int size() {
        return rows.size;
    }

    /** Hands the given rows on, in that order. */
    void write(int[] order, int count, int vectorSize, Rows out) throws Exception {
        int[] some = new int[Math.min(vectorSize, Math.max(1, count))];
        for (int from = 0; from < count; from += some.length) {
            int length = Math.min(some.length, count - from);
            System.arraycopy(order, from, some, 0, length);
            Columns.gather(rows, some, length, part);
            out.accept(part);
        }
    }
}
