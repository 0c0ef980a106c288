package org.tailrace.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row, or one struct, as Java objects in their external form; NULL is null. */
public record Row(Schema schema, List<@Nullable Object> values) {
    public Row {
        values = Collections.unmodifiableList(new ArrayList<>(values));
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
