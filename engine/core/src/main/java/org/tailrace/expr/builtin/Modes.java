package org.tailrace.expr.builtin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Values;
import org.tailrace.expr.ValueKey;

/**
 * Which value is the most frequent. Of several that are equally frequent Spark gives the one that its hash table comes upon
 * first ({@code OpenHashSet}: 64 places or twice as many until 0.7 of them suffice, a value's place by its hash code, the
 * next ones tried in steps of 1, 2, 3 ..). So does this: which one it is does not depend on the order of arrival, unless
 * values compete for one place.
 */
final class Modes {
    private static final int PLACES = 64;
    private static final double FULL = 0.7;
    private static final int TEXT_SEED = 42;

    private Modes() {}

    static @Nullable Object mode(Collection<Object> values) {
        Map<Object, Long> counts = new LinkedHashMap<>();
        for (Object value : values) {
            counts.merge(value, 1L, Long::sum);
        }
        Object best = null;
        long most = 0;
        for (Object value : table(counts.keySet())) {
            if (value != null && counts.get(value) > most) {
                most = counts.get(value);
                best = value;
            }
        }
        return ValueKey.value(best);
    }

    private static @Nullable Object[] table(Collection<Object> values) {
        var table = new @Nullable Object[PLACES];
        int held = 0;
        for (Object value : values) {
            put(table, value);
            held++;
            if (held > FULL * table.length) {
                var larger = new @Nullable Object[table.length * 2];
                for (Object old : table) {
                    if (old != null) {
                        put(larger, old);
                    }
                }
                table = larger;
            }
        }
        return table;
    }

    private static void put(@Nullable Object[] table, Object value) {
        int place = Murmur.half(hash(value), 0) & table.length - 1;
        for (int step = 1; table[place] != null; step++) {
            place = place + step & table.length - 1;
        }
        table[place] = value;
    }

    /** The hash code that the value has inside Spark. */
    private static int hash(Object value) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Murmur.bytes(bytes, 0, bytes.length, TEXT_SEED);
        } else if (value instanceof LocalDate day) {
            return (int) day.toEpochDay();
        } else if (value instanceof Instant time) {
            return Long.hashCode(Values.micros(time));
        } else if (value instanceof LocalDateTime time) {
            return Long.hashCode(Values.toLong(DataType.TIMESTAMP_NTZ, time));
        } else if (value instanceof Duration length) {
            return Long.hashCode(Values.toLong(DataType.DAY_TIME, length));
        } else if (value instanceof Period length) {
            return (int) length.toTotalMonths();
        }
        return value.hashCode();
    }
}
