package org.tailrace;

import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Field;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;

/**
 * Between a user's value and a row: a record is a row of its components, any other class one column.
 *
 * @param record null if the class is no record
 */
record ValueBinding<V>(
        Class<V> type, Schema schema, @Nullable RecordBinding<V> record) {

    /**
     * @param name of the column of a class that is no record
     * @throws org.tailrace.error.PlanException TR-154 if the class has no column type
     */
    static <V> ValueBinding<V> of(Class<V> type, String name) {
        if (type.isRecord()) {
            RecordBinding<V> binding = RecordBinding.of(type);
            return new ValueBinding<>(type, binding.schema(), binding);
        }
        return new ValueBinding<>(type, Schema.of(new Field(name, RecordBinding.type(type), true)), null);
    }

    /** @throws NullPointerException if there is no value */
    Row row(V value) {
        Objects.requireNonNull(value, "state is never null: clear it instead");
        return orNull(value);
    }

    /** As {@link #row}; a single value may be null. */
    Row orNull(@Nullable V value) {
        return record != null ? record.row(value) : new Row(schema, Collections.singletonList(value));
    }

    @SuppressWarnings("unchecked")
    V value(Row row) {
        return record != null ? record.record(row) : (V) row.get(0);
    }
}
