package org.tailrace.exec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;

/**
 * One entry of a processor's variable: of which key, where in the variable, what.
 *
 * @param at a map's key, a list's position, a timer's time; without columns for a single value
 * @param expiresMs batch time at which it is gone, or the time of a timer; {@link #NEVER} for none
 */
record Entry(Row key, Row at, Row value, long expiresMs) {
    static final long NEVER = Long.MAX_VALUE;

    /** By time, then by key: an order that does not depend on what happened before. */
    static final Comparator<Entry> BY_TIME = Comparator.comparingLong(Entry::expiresMs)
            .thenComparing(Entry::key, Entry::compare)
            .thenComparing(Entry::at, Entry::compare);

    /** What makes keys equal, as SQL groups them: bytes by content, and 0.0 with −0.0. */
    static List<@Nullable Object> identity(Row key) {
        var values = new ArrayList<@Nullable Object>();
        for (Object value : key.values()) {
            values.add(plain(value));
        }
        return values;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        } else if (value instanceof Double number) {
            return number + 0.0;
        } else if (value instanceof Float number) {
            return number + 0.0f;
        }
        return value instanceof Row row ? identity(row) : value;
    }

    static int compare(Row left, Row right) {
        for (int i = 0; i < left.values().size(); i++) {
            int order = compareValues(plain(left.get(i)), plain(right.get(i)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked")
    private static int compareValues(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? -1 : 1;
        }
        return left instanceof Comparable<?> && left.getClass() == right.getClass()
                ? ((Comparable<Object>) left).compareTo(right)
                : left.toString().compareTo(right.toString());
    }
}
