package org.tailrace.expr;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** Some rows of a batch, gathered; only the columns that are needed. */
final class Subset {
    private final int[] needed;
    private @Nullable VectorBatch batch;

    Subset(int[] needed) {
        this.needed = needed;
    }

    VectorBatch take(VectorBatch rows, int[] selection, int count) {
        VectorBatch subset = batch;
        if (subset == null || subset.columns.length < rows.columns.length) {
            subset = new VectorBatch(new Vector[rows.columns.length]);
            for (int column : needed) {
                subset.columns[column] = Vector.create(rows.columns[column].type);
            }
            batch = subset;
        }
        for (int column : needed) {
            subset.columns[column].gather(rows.columns[column], selection, count);
        }
        subset.size = count;
        return subset;
    }
}
