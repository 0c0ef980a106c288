package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** LIMIT and OFFSET within one batch: rows {@code from} to {@code to} of it. */
final class SliceOperator extends Operator {
    private final long from;
    private final long to;
    private final VectorBatch part;

    SliceOperator(String name, Operator child, long from, long to, Schema schema) {
        super(name, List.of(child));
        this.from = from;
        this.to = to;
        part = VectorBatch.create(schema);
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        long[] seen = {0};
        child().run(batch, rows -> {
            long start = Math.max(0, from - seen[0]);
            long end = Math.min(rows.size, to - seen[0]);
            seen[0] += rows.size;
            if (start < end) {
                out.accept(slice(rows, (int) start, (int) end, part));
            }
        });
    }

    static VectorBatch slice(VectorBatch rows, int from, int to, VectorBatch part) {
        if (from == 0 && to == rows.size) {
            return rows;
        }
        int[] some = new int[to - from];
        for (int i = 0; i < some.length; i++) {
            some[i] = from + i;
        }
        Columns.gather(rows, some, some.length, part);
        return part;
    }
}
