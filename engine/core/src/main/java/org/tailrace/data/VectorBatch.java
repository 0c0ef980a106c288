package org.tailrace.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few thousand rows being worked on: one vector per column, all of {@link #size} rows. */
public final class VectorBatch {
    public final Vector[] columns;
    public int size;

    public VectorBatch(Vector... columns) {
        this.columns = columns;
    }

    public static VectorBatch create(Schema schema) {
        var columns = new Vector[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Vector.create(schema.type(i));
        }
        return new VectorBatch(columns);
    }

    /** Makes this a view of rows of {@code batch}. */
    public void view(Batch batch, int from, int count) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].view(batch.column(i), from, count);
        }
        size = count;
    }

    /** One row as objects, under the given schema. */
    public Row row(int row, Schema schema) {
        var values = new @Nullable Object[columns.length];
        for (int c = 0; c < values.length; c++) {
            values[c] = columns[c].get(row);
        }
        return Row.taking(schema, values);
    }

    /** A copy of the rows under the given schema. */
    public Batch toBatch(Schema schema) {
        return new Batch(
                schema, size, List.of(columns).stream().map(Vector::toColumn).toList());
    }

    /** The rows under the given schema, as {@link #toBatch} but sharing the arrays of columns that are only viewed. */
    public Batch shareBatch(Schema schema) {
        return new Batch(
                schema, size, List.of(columns).stream().map(Vector::shareColumn).toList());
    }
}
