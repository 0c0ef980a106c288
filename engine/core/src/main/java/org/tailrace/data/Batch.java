package org.tailrace.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable rows: a schema and one column per field. */
public record Batch(Schema schema, int size, List<Column> columns) {
    public Batch {
        columns = List.copyOf(columns);
        if (columns.size() != schema.size()) {
            throw new IllegalArgumentException(columns.size() + " columns for " + schema);
        }
        for (Column column : columns) {
            if (column.size() != size) {
                throw new IllegalArgumentException("a column of " + column.size() + " rows in a batch of " + size);
            }
        }
    }

    public static Batch empty(Schema schema) {
        return new BatchBuilder(schema).build();
    }

    public static Batch of(Schema schema, List<Row> rows) {
        var builder = new BatchBuilder(schema);
        rows.forEach(row -> builder.addRow(row.values()));
        return builder.build();
    }

    /** The same rows, holding no memory of other rows: to be kept for long after a larger batch that these are part of. */
    public Batch compact() {
        return new Batch(schema, size, columns.stream().map(Column::compact).toList());
    }

    public Column column(int index) {
        return columns.get(index);
    }

    public @Nullable Object get(int row, int column) {
        return columns.get(column).get(row);
    }

    public Row row(int row) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (Column column : columns) {
            values.add(column.get(row));
        }
        return new Row(schema, values);
    }

    public List<Row> rows() {
        var rows = new ArrayList<Row>(size);
        for (int i = 0; i < size; i++) {
            rows.add(row(i));
        }
        return rows;
    }
}
