package org.tailrace.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row, or one struct, as Java objects in their external form; NULL is null. */
public record Row(Schema schema, List<@Nullable Object> values) {
    public Row {
        values = values instanceof RowValues ? values : new RowValues(values.toArray());
    }

    /** A row of an array that nobody else has, which is not copied. */
    static Row taking(Schema schema, @Nullable Object[] values) {
        return new Row(schema, new RowValues(values));
    }

    public @Nullable Object get(int index) {
        return values.get(index);
    }

    /** The value of the first field of that name, case ignored. */
    public @Nullable Object get(String name) {
        int index = schema.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no field '" + name + "' in " + schema);
        }
        return values.get(index);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
