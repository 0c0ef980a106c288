package org.tailrace.expr;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/**
 * CASE WHEN: first which branch each row takes, then the values. Each condition is evaluated for the rows that no earlier
 * one took, each value for the rows that its condition took, or for all rows where that is cheap ({@link Part}).
 */
final class CaseEvaluator implements Evaluator {
    private final Part[] conditions;
    private final Part[] values;
    /** Gives the branch of each row, if that is one look-up for all conditions. */
    private final @Nullable Evaluator chooser;

    private final @Nullable Vector[] sources;
    private final Vector result;
    private final TextChoice texts;
    private int[] which = new int[0];
    private int[] at = new int[0];
    private int[] identity = new int[0];
    private int[] selection = new int[0];

    /**
     * @param values one per condition, then that of ELSE if there is one
     * @param chooser the number of a row's branch, −1 if it takes none; null: the conditions tell
     */
    CaseEvaluator(
            Part[] conditions, Part[] values, @Nullable Evaluator chooser, Typed.Case cases, EvalContext context) {
        this.conditions = conditions;
        this.values = values;
        this.chooser = chooser;
        sources = new @Nullable Vector[values.length];
        result = Vector.create(cases.type());
        texts = new TextChoice(cases, context);
    }

    @Override
    public Vector evaluate(VectorBatch rows) {
        int count = rows.size;
        which = Rows.room(which, count);
        selection = Rows.room(selection, count);
        identity = Rows.identity(identity, count);
        if (chooser != null) {
            var branches = (IntVector) chooser.evaluate(rows);
            System.arraycopy(branches.values, branches.offset, which, 0, count);
        } else {
            choose(rows, count);
        }
        int[] places = places(rows, count);
        if (result instanceof BytesVector bytes) {
            texts.take(sources, which, places, count, bytes);
        } else {
            Choice.take(sources, which, places, count, result);
        }
        return result;
    }

    private void choose(VectorBatch rows, int count) {
        java.util.Arrays.fill(which, 0, count, values.length > conditions.length ? conditions.length : -1);
        int[] open = identity;
        int left = count;
        for (int branch = 0; branch < conditions.length && left > 0; branch++) {
            Vector whole = conditions[branch].whole(rows);
            var condition = (BooleanVector) (whole != null ? whole : conditions[branch].some(rows, open, left));
            boolean[] bits = condition.values;
            int rest = 0;
            for (int i = 0; i < left; i++) {
                int row = open[i];
                int place = whole != null ? row : i;
                if (bits[condition.offset + place] && !condition.isNull(place)) {
                    which[row] = branch;
                } else {
                    selection[rest++] = row;
                }
            }
            open = selection;
            left = rest;
        }
    }

    /** Evaluates the values; says where in its source each row's value lies. */
    private int[] places(VectorBatch rows, int count) {
        boolean apart = false;
        for (int branch = 0; branch < values.length; branch++) {
            Vector whole = values[branch].whole(rows);
            sources[branch] = whole;
            if (whole == null) {
                if (!apart) {
                    apart = true;
                    at = Rows.room(at, count);
                    System.arraycopy(identity, 0, at, 0, count);
                }
                some(branch, rows, count);
            }
        }
        return apart ? at : identity;
    }

    private void some(int branch, VectorBatch rows, int count) {
        int hits = 0;
        for (int i = 0; i < count; i++) {
            if (which[i] == branch) {
                at[i] = hits;
                selection[hits++] = i;
            }
        }
        if (hits > 0) {
            sources[branch] = values[branch].some(rows, selection, hits);
        }
    }
}
