package org.tailrace;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Batches to Tablesaw tables: a fresh copy each time, as those are mutable and for one thread. A struct becomes one column
 * per field; what Tablesaw has no type for becomes text.
 */
final class Tables {
    private Tables() {}

    static Table of(String name, Batch batch) {
        Table table = Table.create(name);
        for (int i = 0; i < batch.columns().size(); i++) {
            add(table, batch.schema().name(i), batch.schema().type(i), batch.column(i));
        }
        return table;
    }

    private static void add(Table table, String name, DataType type, Column column) {
        if (type instanceof DataType.Struct struct) {
            for (int i = 0; i < struct.fields().size(); i++) {
                int field = i;
                addValues(
                        table,
                        name + "." + struct.fields().name(i),
                        struct.fields().type(i),
                        column.size(),
                        row -> column.get(row) instanceof Row value ? value.get(field) : null);
            }
        } else {
            addValues(table, name, type, column.size(), column::get);
        }
    }

    private interface Values {
        @Nullable
        Object get(int row);
    }

    private static void addValues(Table table, String name, DataType type, int rows, Values values) {
        tech.tablesaw.columns.Column<?> target = empty(unique(table, name), type);
        for (int row = 0; row < rows; row++) {
            append(target, values.get(row));
        }
        table.addColumns(target);
    }

    private static String unique(Table table, String name) {
        String free = name;
        for (int i = 2; table.containsColumn(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static tech.tablesaw.columns.Column<?> empty(String name, DataType type) {
        if (type == DataType.BOOLEAN) {
            return BooleanColumn.create(name);
        } else if (type == DataType.TINYINT || type == DataType.SMALLINT) {
            return ShortColumn.create(name);
        } else if (type == DataType.INT) {
            return IntColumn.create(name);
        } else if (type == DataType.BIGINT) {
            return LongColumn.create(name);
        } else if (type == DataType.FLOAT) {
            return FloatColumn.create(name);
        } else if (type == DataType.DOUBLE || type instanceof DataType.Decimal) {
            return DoubleColumn.create(name);
        } else if (type == DataType.DATE) {
            return DateColumn.create(name);
        } else if (type == DataType.TIMESTAMP) {
            return InstantColumn.create(name);
        } else if (type == DataType.TIMESTAMP_NTZ) {
            return DateTimeColumn.create(name);
        }
        return StringColumn.create(name);
    }

    private static void append(tech.tablesaw.columns.Column<?> column, @Nullable Object value) {
        if (value == null) {
            column.appendMissing();
        } else if (column instanceof BooleanColumn target) {
            target.append((Boolean) value);
        } else if (column instanceof ShortColumn target) {
            target.append(((Number) value).shortValue());
        } else if (column instanceof IntColumn target) {
            target.append((Integer) value);
        } else if (column instanceof LongColumn target) {
            target.append((Long) value);
        } else if (column instanceof FloatColumn target) {
            target.append((Float) value);
        } else if (column instanceof DoubleColumn target) {
            target.append(((Number) value).doubleValue());
        } else if (column instanceof DateColumn target) {
            target.append((LocalDate) value);
        } else if (column instanceof InstantColumn target) {
            target.append((Instant) value);
        } else if (column instanceof DateTimeColumn target) {
            target.append((LocalDateTime) value);
        } else {
            ((StringColumn) column).append(String.valueOf(value));
        }
    }

    /** A table's cell in the form that our own tables draw. */
    static @Nullable Object value(tech.tablesaw.columns.Column<?> column, int row) {
        if (column.isMissing(row)) {
            return null;
        }
        Object value = column.get(row);
        return value instanceof LocalDateTime || value instanceof Instant || value instanceof LocalDate
                ? value
                : value instanceof java.time.LocalTime time ? time.toString() : value;
    }

    /** The nearest of our types to a Tablesaw column's. */
    static DataType type(tech.tablesaw.columns.Column<?> column) {
        if (column instanceof BooleanColumn) {
            return DataType.BOOLEAN;
        } else if (column instanceof ShortColumn) {
            return DataType.SMALLINT;
        } else if (column instanceof IntColumn) {
            return DataType.INT;
        } else if (column instanceof LongColumn) {
            return DataType.BIGINT;
        } else if (column instanceof FloatColumn) {
            return DataType.FLOAT;
        } else if (column instanceof DoubleColumn) {
            return DataType.DOUBLE;
        } else if (column instanceof DateColumn) {
            return DataType.DATE;
        } else if (column instanceof InstantColumn) {
            return DataType.TIMESTAMP;
        } else if (column instanceof DateTimeColumn) {
            return DataType.TIMESTAMP_NTZ;
        }
        return DataType.STRING;
    }
}
