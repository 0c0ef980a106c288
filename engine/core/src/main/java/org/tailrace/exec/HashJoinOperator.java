package org.tailrace.exec;

import java.util.BitSet;
import java.util.List;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.plan.JoinType;

/**
 * A join with a bounded table: that side is read whole in every batch and put into a hash table, the other side's rows
 * are looked up in it. Keeps no state. Without keys every row meets every row.
 */
final class HashJoinOperator extends Operator {

    /** @param buildLeft the left side is the table that is read whole */
    record Shape(JoinType type, boolean buildLeft, JoinKeys leftKeys, JoinKeys rightKeys, Schema left, Schema right) {
        boolean keepsProbed() {
            return type == JoinType.FULL || type == (buildLeft ? JoinType.RIGHT : JoinType.LEFT);
        }

        boolean keepsBuilt() {
            return type == JoinType.FULL || type == (buildLeft ? JoinType.LEFT : JoinType.RIGHT);
        }
    }

    private final Shape shape;
    private final JoinPairs pairs;

    HashJoinOperator(String name, Operator left, Operator right, Shape shape, JoinPairs pairs) {
        super(name, List.of(left, right));
        this.shape = shape;
        this.pairs = pairs;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        boolean buildLeft = shape.buildLeft();
        Collected built =
                Collected.run(children().get(buildLeft ? 0 : 1), buildLeft ? shape.left() : shape.right(), batch);
        JoinKeys buildKeys = buildLeft ? shape.leftKeys() : shape.rightKeys();
        JoinKeys probeKeys = buildLeft ? shape.rightKeys() : shape.leftKeys();
        GroupIndex index = buildKeys.index();
        var chains = new JoinChains();
        fill(built, buildKeys, index, chains);
        var matched = new BitSet();
        JoinPairs.RowSource builtRows = new BatchRows(built.rows);
        VectorBatch part = VectorBatch.create(buildLeft ? shape.right() : shape.left());
        children().get(buildLeft ? 1 : 0).run(batch, rows -> {
            probe(rows, builtRows, probeKeys, index, chains);
            if (shape.keepsBuilt()) {
                for (int i = 0; i < pairs.waiting.size; i++) {
                    matched.set(pairs.waiting.values[i]);
                }
            }
            if (shape.type() == JoinType.SEMI || shape.type() == JoinType.ANTI) {
                writeOneSide(rows, part, out);
            } else {
                if (shape.keepsProbed()) {
                    pairs.keepAll(rows.size);
                }
                pairs.write(new BatchRows(rows), builtRows, !buildLeft, out);
            }
        });
        if (shape.keepsBuilt()) {
            pairs.clear();
            for (int row = matched.nextClearBit(0); row < built.size(); row = matched.nextClearBit(row + 1)) {
                pairs.add(row, -1);
            }
            VectorBatch nothing = VectorBatch.create(buildLeft ? shape.right() : shape.left());
            pairs.write(builtRows, new BatchRows(nothing), buildLeft, out);
        }
    }

    static void fill(Collected built, JoinKeys keys, GroupIndex index, JoinChains chains) {
        if (built.size() == 0) {
            return;
        }
        Vector[] columns = keys.evaluate(built.rows);
        int[] ids = new int[built.size()];
        index.add(columns, ids.length, ids);
        for (int row = 0; row < ids.length; row++) {
            if (!keys.unequal(columns, row)) {
                chains.add(ids[row], row);
            }
        }
    }

    private void probe(
            VectorBatch rows, JoinPairs.RowSource built, JoinKeys keys, GroupIndex index, JoinChains chains) {
        pair(rows, keys, index, chains, pairs);
        pairs.filter(new BatchRows(rows), built, !shape.buildLeft());
    }

    /** The pairs of rows whose keys are equal. */
    static void pair(VectorBatch rows, JoinKeys keys, GroupIndex index, JoinChains chains, JoinPairs pairs) {
        Vector[] columns = keys.evaluate(rows);
        int[] ids = new int[rows.size];
        index.find(columns, rows.size, ids);
        keys.maskUnequal(columns, rows.size, ids);
        pairs.collect(ids, rows.size, chains);
    }

    private void writeOneSide(VectorBatch rows, VectorBatch part, Rows out) throws Exception {
        var partners = new BitSet();
        for (int i = 0; i < pairs.arriving.size; i++) {
            partners.set(pairs.arriving.values[i]);
        }
        boolean wanted = shape.type() == JoinType.SEMI;
        int[] some = new int[rows.size];
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (partners.get(i) == wanted) {
                some[count++] = i;
            }
        }
        Columns.gather(rows, some, count, part);
        out.accept(part);
    }
}
