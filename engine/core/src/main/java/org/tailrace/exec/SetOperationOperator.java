package org.tailrace.exec;

import java.util.BitSet;
import java.util.List;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** INTERSECT and EXCEPT of two bounded tables, with or without ALL; rows are equal if all columns are, NULLs too. */
final class SetOperationOperator extends Operator {
    private final boolean intersect;
    private final boolean all;
    private final Schema schema;

    SetOperationOperator(Operator left, Operator right, boolean intersect, boolean all, Schema schema) {
        super((intersect ? "Intersect" : "Except") + (all ? " all" : ""), List.of(left, right));
        this.intersect = intersect;
        this.all = all;
        this.schema = schema;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        var index = new GroupIndex(schema.fields().stream().map(Field::type).toList());
        var counts = new Ints();
        children().get(1).run(batch, rows -> {
            int[] ids = new int[rows.size];
            index.add(rows.columns, rows.size, ids);
            for (int i = 0; i < rows.size; i++) {
                if (ids[i] == counts.size) {
                    counts.add(0);
                }
                counts.values[ids[i]]++;
            }
        });
        var given = new BitSet();
        VectorBatch part = VectorBatch.create(schema);
        children().get(0).run(batch, rows -> {
            int[] ids = new int[rows.size];
            int[] some = new int[rows.size];
            index.add(rows.columns, rows.size, ids);
            int count = 0;
            for (int i = 0; i < rows.size; i++) {
                if (ids[i] == counts.size) {
                    counts.add(0);
                }
                if (gives(ids[i], counts, given)) {
                    some[count++] = i;
                }
            }
            Columns.gather(rows, some, count, part);
            out.accept(part);
        });
    }

    private boolean gives(int id, Ints counts, BitSet given) {
        boolean there = counts.values[id] > 0;
        if (all) {
            if (there) {
                counts.values[id]--;
            }
            return there == intersect;
        }
        boolean first = !given.get(id);
        given.set(id);
        return first && there == intersect;
    }
}
