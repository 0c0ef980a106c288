package org.tailrace.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Between the stored form of a value and its external form, a Java object. */
public final class Values {
    private Values() {}

    public static Object fromInt(DataType type, int value) {
        if (type == DataType.INT) {
            return value;
        }
        if (type == DataType.TINYINT) {
            return (byte) value;
        }
        if (type == DataType.SMALLINT) {
            return (short) value;
        }
        if (type == DataType.DATE) {
            return LocalDate.ofEpochDay(value);
        }
        return Period.ofMonths(value).normalized();
    }

    public static int toInt(DataType type, Object value) {
        if (type == DataType.DATE) {
            return Math.toIntExact(((LocalDate) value).toEpochDay());
        }
        return value instanceof Period months ? Math.toIntExact(months.toTotalMonths()) : ((Number) value).intValue();
    }

    public static Object fromLong(DataType type, long value) {
        if (type == DataType.BIGINT) {
            return value;
        }
        if (type == DataType.TIMESTAMP) {
            return instant(value);
        }
        if (type == DataType.TIMESTAMP_NTZ) {
            return LocalDateTime.ofEpochSecond(
                    Math.floorDiv(value, 1_000_000L), (int) Math.floorMod(value, 1_000_000L) * 1000, ZoneOffset.UTC);
        }
        if (type instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        }
        return Duration.of(value, ChronoUnit.MICROS);
    }

    public static long toLong(DataType type, Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Instant instant) {
            return micros(instant);
        }
        if (value instanceof LocalDateTime local) {
            return micros(local.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof Duration duration) {
            return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
        }
        if (value instanceof BigDecimal number) {
            int scale = type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
            return number.setScale(scale, RoundingMode.HALF_UP).unscaledValue().longValueExact();
        }
        return ((Number) value).longValue();
    }

    public static Object fromDouble(DataType type, double value) {
        return type == DataType.FLOAT ? (Object) (float) value : (Object) value;
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    }

    /** Microseconds since the epoch; finer digits are cut off. */
    public static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }
}
