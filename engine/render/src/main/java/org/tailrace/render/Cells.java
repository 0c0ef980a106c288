package org.tailrace.render;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;

/** Values in the external form to text for a table's cell. */
final class Cells {
    static final int LIMIT = 32;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final ZoneId zone;

    Cells(ZoneId zone) {
        this.zone = zone;
    }

    static boolean numeric(DataType type) {
        return type.isNumeric();
    }

    /** The whole text of a value. */
    String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof Double || value instanceof Float) {
            return Numbers.real(((Number) value).doubleValue());
        } else if (value instanceof BigDecimal number) {
            return Numbers.decimal(number);
        } else if (value instanceof Number number) {
            return Numbers.count(number.longValue());
        } else if (value instanceof Instant instant) {
            return local(LocalDateTime.ofInstant(instant, zone));
        } else if (value instanceof LocalDateTime local) {
            return local(local);
        } else if (value instanceof Duration duration) {
            return Numbers.duration(duration.toMillis());
        } else if (value instanceof Period period) {
            return period.getYears() + " y " + period.getMonths() + " mo";
        } else if (value instanceof byte[] bytes) {
            return hex(bytes);
        } else if (value instanceof Row row) {
            return row.values().stream().map(this::text).collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(this::text).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> text(e.getKey()) + " → " + text(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    static String cut(String text) {
        if (text.length() <= LIMIT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LIMIT - 2)) ? LIMIT - 2 : LIMIT - 1;
        return text.substring(0, end) + "…";
    }

    private static String local(LocalDateTime time) {
        String text = time.toLocalDate() + " " + time.toLocalTime().withNano(0);
        if (time.getSecond() == 0) {
            text += ":00";
        }
        int micros = time.getNano() / 1000;
        return micros == 0
                ? text
                : text + "." + String.valueOf(1_000_000 + micros).substring(1).replaceAll("0+$", "");
    }

    private static String hex(byte[] bytes) {
        var out = new StringBuilder("0x");
        for (int i = 0; i < bytes.length && i < LIMIT; i++) {
            out.append(HEX[bytes[i] >> 4 & 15]).append(HEX[bytes[i] & 15]);
        }
        return out.toString();
    }
}
