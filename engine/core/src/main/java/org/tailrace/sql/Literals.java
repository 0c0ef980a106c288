package org.tailrace.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Values;
import org.tailrace.data.text.DateText;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.Expr;

/** Constants: from text, and from the Java values of {@code ?}. */
final class Literals {
    private Literals() {}

    /** The literal, or nothing if the digits do not fit the type. */
    static Optional<Expr.Literal> number(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            if (upper.endsWith("BD")) {
                return decimal(new BigDecimal(upper.substring(0, upper.length() - 2)));
            }
            String digits = upper.substring(0, upper.length() - 1);
            return switch (upper.charAt(upper.length() - 1)) {
                case 'L' -> whole(digits, DataType.BIGINT);
                case 'S' -> whole(digits, DataType.SMALLINT);
                case 'Y' -> whole(digits, DataType.TINYINT);
                case 'F' -> finite(Float.parseFloat(digits), DataType.FLOAT);
                case 'D' -> finite(Double.parseDouble(digits), DataType.DOUBLE);
                default -> plain(upper);
            };
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Expr.Literal> plain(String text) {
        if (text.indexOf('E') >= 0) {
            return finite(Double.parseDouble(text), DataType.DOUBLE);
        }
        if (text.indexOf('.') >= 0) {
            return decimal(new BigDecimal(text));
        }
        var value = new BigInteger(text);
        if (value.bitLength() < 32) {
            return Optional.of(new Expr.Literal(value.intValue(), DataType.INT));
        }
        return value.bitLength() < 64
                ? Optional.of(new Expr.Literal(value.longValue(), DataType.BIGINT))
                : decimal(new BigDecimal(value));
    }

    private static Optional<Expr.Literal> whole(String digits, DataType type) {
        var value = new BigDecimal(digits);
        Object exact = type == DataType.BIGINT
                ? (Object) value.longValueExact()
                : type == DataType.SMALLINT ? (Object) value.shortValueExact() : (Object) value.byteValueExact();
        return Optional.of(new Expr.Literal(exact, type));
    }

    private static Optional<Expr.Literal> finite(Number value, DataType type) {
        return Double.isFinite(value.doubleValue()) ? Optional.of(new Expr.Literal(value, type)) : Optional.empty();
    }

    private static Optional<Expr.Literal> decimal(BigDecimal value) {
        BigDecimal scaled = value.scale() < 0 ? value.setScale(0) : value;
        int precision = Math.max(scaled.precision(), Math.max(1, scaled.scale()));
        return precision > DataType.Decimal.MAX_PRECISION
                ? Optional.empty()
                : Optional.of(new Expr.Literal(scaled, new DataType.Decimal(precision, scaled.scale())));
    }

    /** {@code DATE '..'} and its like, or nothing if the text is no value of that type. */
    static Optional<Expr.Literal> typed(String type, String text, ZoneId zone) {
        switch (type.toUpperCase(Locale.ROOT)) {
            case "DATE" -> {
                int days = DateText.parse(text);
                return days == DateText.INVALID
                        ? Optional.empty()
                        : Optional.of(new Expr.Literal(LocalDate.ofEpochDay(days), DataType.DATE));
            }
            case "TIMESTAMP", "TIMESTAMP_LTZ" -> {
                long micros = TimestampText.parse(text, zone);
                return micros == TimestampText.INVALID
                        ? Optional.empty()
                        : Optional.of(new Expr.Literal(Values.instant(micros), DataType.TIMESTAMP));
            }
            case "TIMESTAMP_NTZ" -> {
                long micros = TimestampText.parseLocal(text);
                return micros == TimestampText.INVALID
                        ? Optional.empty()
                        : Optional.of(new Expr.Literal(
                                Values.fromLong(DataType.TIMESTAMP_NTZ, micros), DataType.TIMESTAMP_NTZ));
            }
            case "X" -> {
                try {
                    String even = text.length() % 2 == 0 ? text : "0" + text;
                    return Optional.of(new Expr.Literal(HexFormat.of().parseHex(even), DataType.BINARY));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    /** What a Java value is in SQL, or nothing if SQL has no such type. */
    static Optional<Expr.Literal> of(@Nullable Object value) {
        if (value == null) {
            return Optional.of(new Expr.Literal(null, DataType.VOID));
        } else if (value instanceof BigDecimal number) {
            return decimal(number);
        } else if (value instanceof BigInteger number) {
            return decimal(new BigDecimal(number));
        } else if (value instanceof Character || value instanceof Enum<?>) {
            return Optional.of(new Expr.Literal(value.toString(), DataType.STRING));
        } else if (value instanceof Float || value instanceof Double) {
            return Optional.of(new Expr.Literal(value, value instanceof Float ? DataType.FLOAT : DataType.DOUBLE));
        }
        return simpleType(value).map(type -> new Expr.Literal(value, type));
    }

    private static Optional<DataType> simpleType(Object value) {
        DataType type = null;
        if (value instanceof Integer) {
            type = DataType.INT;
        } else if (value instanceof Long) {
            type = DataType.BIGINT;
        } else if (value instanceof String) {
            type = DataType.STRING;
        } else if (value instanceof Boolean) {
            type = DataType.BOOLEAN;
        } else if (value instanceof Short) {
            type = DataType.SMALLINT;
        } else if (value instanceof Byte) {
            type = DataType.TINYINT;
        } else if (value instanceof Instant) {
            type = DataType.TIMESTAMP;
        } else if (value instanceof LocalDate) {
            type = DataType.DATE;
        } else if (value instanceof LocalDateTime) {
            type = DataType.TIMESTAMP_NTZ;
        } else if (value instanceof java.time.Duration) {
            type = DataType.DAY_TIME;
        } else if (value instanceof java.time.Period period && period.getDays() == 0) {
            type = DataType.YEAR_MONTH;
        } else if (value instanceof byte[]) {
            type = DataType.BINARY;
        }
        return Optional.ofNullable(type);
    }
}
