package org.tailrace.exec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;

/** About how many bytes the values of rows take as Java objects. */
final class ObjectSize {
    private static final int OBJECT = 24;
    private static final int STRING = 56;

    private ObjectSize() {}

    static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        } else if (value instanceof Row row) {
            return 2 * OBJECT + all(row.values());
        } else if (value instanceof String text) {
            return STRING + text.length();
        } else if (value instanceof byte[] bytes) {
            return OBJECT + bytes.length;
        } else if (value instanceof List<?> list) {
            return 2 * OBJECT + all(list);
        } else if (value instanceof Map<?, ?> map) {
            return 2 * OBJECT + 2L * OBJECT * map.size() + all(map.keySet()) + all(map.values());
        }
        return OBJECT;
    }

    private static long all(Iterable<?> values) {
        long bytes = 0;
        for (Object value : values) {
            bytes += 4 + of(value);
        }
        return bytes;
    }
}
