package org.tailrace.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows column by column. Strings are dictionary-encoded at {@link #build} if at most half of them are distinct.
 * One thread; reusable after {@code build}.
 */
public final class BatchBuilder {
    private final Schema schema;
    private final Vector[] vectors;

    public BatchBuilder(Schema schema) {
        this.schema = schema;
        vectors = new Vector[schema.size()];
        reset();
    }

    private void reset() {
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = Vector.create(schema.type(i));
        }
    }

    public Schema schema() {
        return schema;
    }

    /** Rows in the first column so far. */
    public int size() {
        return vectors.length == 0 ? 0 : vectors[0].size;
    }

    /** The growing vector of a column, to append to. Every column must get the same number of rows. */
    public Vector vector(int column) {
        return vectors[column];
    }

    /** Appends values in their external form. */
    public void addRow(List<? extends @Nullable Object> values) {
        for (int i = 0; i < vectors.length; i++) {
            vectors[i].appendValue(values.get(i));
        }
    }

    /** Appends a row of vectors of this schema's types. */
    public void addRow(VectorBatch rows, int row) {
        for (int i = 0; i < vectors.length; i++) {
            vectors[i].append(rows.columns[i], row);
        }
    }

    /** Forgets the rows from {@code rows} on in every column, however far each has got. */
    public void truncate(int rows) {
        for (Vector vector : vectors) {
            vector.truncate(Math.min(rows, vector.size));
        }
    }

    public Batch build() {
        var columns = new ArrayList<Column>(vectors.length);
        int rows = size();
        for (Vector vector : vectors) {
            columns.add(vector instanceof BytesVector bytes ? DictionaryEncoder.encode(bytes) : vector.toColumn());
        }
        reset();
        return new Batch(schema, rows, columns);
    }
}
