package org.tailrace.expr;

import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/**
 * CASE WHEN. Cheap branches that cannot fail are evaluated for all rows; otherwise each condition is evaluated for the
 * rows that no earlier one took, and each value for the rows that its condition took.
 */
final class CaseEvaluator implements Evaluator {
    private final Evaluator[] conditions;
    private final Evaluator[] values;
    private final boolean dear;
    private final Subset[] open;
    private final Subset[] taken;
    private final Vector[] sources;
    private final Vector result;
    private int[] which = new int[0];
    private int[] at = new int[0];
    private int[] identity = new int[0];
    private int[] left = new int[0];
    private int[] hits = new int[0];

    /** @param values one per condition, then that of ELSE if there is one */
    CaseEvaluator(Evaluator[] conditions, Evaluator[] values, boolean dear, int[] needed, DataType type) {
        this.conditions = conditions;
        this.values = values;
        this.dear = dear;
        sources = new Vector[values.length];
        open = new Subset[values.length];
        taken = new Subset[values.length];
        for (int i = 0; i < values.length; i++) {
            open[i] = new Subset(needed);
            taken[i] = new Subset(needed);
        }
        result = Vector.create(type);
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        int count = rows.size;
        which = Rows.room(which, count);
        if (dear) {
            narrow(rows, count);
        } else {
            all(rows, count);
        }
        return result;
    }

    private void all(VectorBatch rows, int count) {
        identity = Rows.identity(identity, count);
        java.util.Arrays.fill(which, 0, count, values.length > conditions.length ? conditions.length : -1);
        for (int branch = conditions.length - 1; branch >= 0; branch--) {
            var condition = (BooleanVector) conditions[branch].evaluate(rows);
            boolean[] bits = condition.values;
            for (int i = 0, from = condition.offset; i < count; i++, from++) {
                if (bits[from] && !condition.isNull(i)) {
                    which[i] = branch;
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            sources[i] = values[i].evaluate(rows);
        }
        Choice.take(sources, which, identity, count, result);
    }

    private void narrow(VectorBatch rows, int count) {
        at = Rows.room(at, count);
        left = Rows.room(left, count);
        hits = Rows.room(hits, count);
        for (int i = 0; i < count; i++) {
            left[i] = i;
        }
        int open = count;
        for (int branch = 0; branch < values.length && open > 0; branch++) {
            int hit = open;
            int rest = 0;
            if (branch < conditions.length) {
                VectorBatch batch = open == count ? rows : this.open[branch].take(rows, left, open);
                var condition = (BooleanVector) conditions[branch].evaluate(batch);
                hit = 0;
                for (int i = 0; i < open; i++) {
                    if (condition.values[condition.offset + i] && !condition.isNull(i)) {
                        hits[hit++] = left[i];
                    } else {
                        left[rest++] = left[i];
                    }
                }
            } else {
                System.arraycopy(left, 0, hits, 0, open);
            }
            if (hit > 0) {
                VectorBatch batch = hit == count ? rows : taken[branch].take(rows, hits, hit);
                sources[branch] = values[branch].evaluate(batch);
                for (int i = 0; i < hit; i++) {
                    which[hits[i]] = branch;
                    at[hits[i]] = i;
                }
            }
            open = rest;
        }
        for (int i = 0; i < open; i++) {
            which[left[i]] = -1;
        }
        Choice.take(sources, which, at, count, result);
    }
}
