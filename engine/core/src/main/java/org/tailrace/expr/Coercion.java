package org.tailrace.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;

/** Which types convert to which without being asked, as Spark has it in ANSI mode and out of it. */
public final class Coercion {
    private static final List<DataType> WIDTHS = List.of(
            DataType.TINYINT, DataType.SMALLINT, DataType.INT, DataType.BIGINT, DataType.FLOAT, DataType.DOUBLE);

    private Coercion() {}

    /** Equal but for nullability inside. */
    public static boolean same(DataType left, DataType right) {
        if (left instanceof DataType.Array a && right instanceof DataType.Array b) {
            return same(a.element(), b.element());
        }
        if (left instanceof DataType.Map a && right instanceof DataType.Map b) {
            return same(a.key(), b.key()) && same(a.value(), b.value());
        }
        if (left instanceof DataType.Struct a && right instanceof DataType.Struct b) {
            if (a.fields().size() != b.fields().size()) {
                return false;
            }
            for (int i = 0; i < a.fields().size(); i++) {
                if (!a.fields().name(i).equalsIgnoreCase(b.fields().name(i))
                        || !same(a.fields().type(i), b.fields().type(i))) {
                    return false;
                }
            }
            return true;
        }
        return left.equals(right);
    }

    /** Whether an argument of type {@code from} may be given where {@code to} is wanted. */
    public static boolean implicit(DataType from, DataType to) {
        if (same(from, to) || from == DataType.VOID) {
            return true;
        }
        if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
            return implicit(a.element(), b.element());
        }
        if (from instanceof DataType.Map a && to instanceof DataType.Map b) {
            return implicit(a.key(), b.key()) && implicit(a.value(), b.value());
        }
        if (from instanceof DataType.Struct a && to instanceof DataType.Struct b) {
            if (a.fields().size() != b.fields().size()) {
                return false;
            }
            for (int i = 0; i < a.fields().size(); i++) {
                if (!implicit(a.fields().type(i), b.fields().type(i))) {
                    return false;
                }
            }
            return true;
        }
        if (!atomic(from) || !atomic(to)) {
            return false;
        }
        return from == DataType.STRING
                || to == DataType.STRING
                || from.isNumeric() && to.isNumeric()
                || isTime(from) && isTime(to)
                || from instanceof DataType.DayTimeInterval && to instanceof DataType.DayTimeInterval
                || from instanceof DataType.YearMonthInterval && to instanceof DataType.YearMonthInterval;
    }

    /** The type that both convert to, for CASE, COALESCE, IN, UNION, arrays and comparisons. */
    public static Optional<DataType> common(DataType left, DataType right, boolean ansi) {
        if (left.equals(right) || right == DataType.VOID) {
            return Optional.of(left);
        }
        if (left == DataType.VOID) {
            return Optional.of(right);
        }
        if (left instanceof DataType.Array a && right instanceof DataType.Array b) {
            return common(a.element(), b.element(), ansi)
                    .map(e -> new DataType.Array(e, a.containsNull() || b.containsNull()));
        }
        if (left instanceof DataType.Map a && right instanceof DataType.Map b) {
            return common(a.key(), b.key(), ansi)
                    .flatMap(k -> common(a.value(), b.value(), ansi)
                            .map(v -> new DataType.Map(k, v, a.valueContainsNull() || b.valueContainsNull())));
        }
        if (left instanceof DataType.Struct a && right instanceof DataType.Struct b) {
            return commonStruct(a, b, ansi);
        }
        if (left.isNumeric() && right.isNumeric()) {
            return Optional.of(commonNumber(left, right, ansi));
        }
        if (isTime(left) && isTime(right)) {
            return Optional.of(
                    left == DataType.TIMESTAMP || right == DataType.TIMESTAMP
                            ? DataType.TIMESTAMP
                            : DataType.TIMESTAMP_NTZ);
        }
        if (left instanceof DataType.DayTimeInterval a && right instanceof DataType.DayTimeInterval b) {
            return Optional.of(new DataType.DayTimeInterval(Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
        }
        if (left instanceof DataType.YearMonthInterval a && right instanceof DataType.YearMonthInterval b) {
            return Optional.of(new DataType.YearMonthInterval(Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
        }
        if (left == DataType.STRING && atomic(right)) {
            return withString(right, ansi);
        }
        if (right == DataType.STRING && atomic(left)) {
            return withString(left, ansi);
        }
        return Optional.empty();
    }

    private static Optional<DataType> commonStruct(DataType.Struct a, DataType.Struct b, boolean ansi) {
        if (a.fields().size() != b.fields().size()) {
            return Optional.empty();
        }
        var fields = new ArrayList<Field>();
        for (int i = 0; i < a.fields().size(); i++) {
            Field left = a.fields().field(i);
            Field right = b.fields().field(i);
            Optional<DataType> type = common(left.type(), right.type(), ansi);
            if (type.isEmpty() || !left.name().equalsIgnoreCase(right.name())) {
                return Optional.empty();
            }
            fields.add(new Field(left.name(), type.get(), left.nullable() || right.nullable()));
        }
        return Optional.of(new DataType.Struct(new Schema(fields)));
    }

    private static Optional<DataType> withString(DataType other, boolean ansi) {
        if (!ansi) {
            return other == DataType.BOOLEAN || other == DataType.BINARY
                    ? Optional.empty()
                    : Optional.of(DataType.STRING);
        }
        if (other.isIntegral()) {
            return Optional.of(DataType.BIGINT);
        }
        // Text may stand for many intervals, and for none of them more than for another.
        boolean interval = other instanceof DataType.DayTimeInterval || other instanceof DataType.YearMonthInterval;
        return interval ? Optional.empty() : Optional.of(other.isNumeric() ? DataType.DOUBLE : other);
    }

    /** As {@link #common}, for the two sides of a comparison: out of ANSI mode, text gives way to the other side too. */
    public static Optional<DataType> comparison(DataType left, DataType right, boolean ansi) {
        if (!ansi && left == DataType.STRING && right != DataType.STRING && atomic(right)) {
            return Optional.of(right);
        }
        if (!ansi && right == DataType.STRING && left != DataType.STRING && atomic(left)) {
            return Optional.of(left);
        }
        return common(left, right, ansi);
    }

    private static DataType commonNumber(DataType left, DataType right, boolean ansi) {
        boolean decimals = left instanceof DataType.Decimal || right instanceof DataType.Decimal;
        if (decimals) {
            if (left.isFractional() || right.isFractional()) {
                return DataType.DOUBLE;
            }
            DataType.Decimal a = decimalOf(left);
            DataType.Decimal b = decimalOf(right);
            int scale = Math.max(a.scale(), b.scale());
            int range = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
            return bounded(range + scale, scale);
        }
        DataType wide = WIDTHS.get(Math.max(WIDTHS.indexOf(left), WIDTHS.indexOf(right)));
        DataType narrow = wide == left ? right : left;
        boolean loses = narrow == DataType.INT || narrow == DataType.BIGINT;
        return ansi && wide == DataType.FLOAT && loses ? DataType.DOUBLE : wide;
    }

    /** The decimal that holds every value of a numeric type that is no double. */
    public static DataType.Decimal decimalOf(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return decimal;
        }
        if (type == DataType.TINYINT) {
            return new DataType.Decimal(3, 0);
        }
        if (type == DataType.SMALLINT) {
            return new DataType.Decimal(5, 0);
        }
        return type == DataType.INT ? new DataType.Decimal(10, 0) : new DataType.Decimal(20, 0);
    }

    /** As {@link #decimalOf}, but as narrow as its value if the expression is a whole-number literal. */
    public static DataType.Decimal decimalOf(Typed typed) {
        if (typed instanceof Typed.Constant constant
                && typed.type().isIntegral()
                && constant.value() instanceof Number number) {
            return new DataType.Decimal(
                    java.math.BigDecimal.valueOf(number.longValue()).precision(), 0);
        }
        return decimalOf(typed.type());
    }

    /** Cuts precision and scale to 38 digits, digits before the point first. */
    public static DataType.Decimal bounded(int precision, int scale) {
        return new DataType.Decimal(
                Math.min(precision, DataType.Decimal.MAX_PRECISION), Math.min(scale, DataType.Decimal.MAX_PRECISION));
    }

    /** Spark's {@code adjustPrecisionScale}: gives up digits after the point, down to six, to keep those before it. */
    public static DataType.Decimal adjusted(int precision, int scale) {
        if (precision <= DataType.Decimal.MAX_PRECISION) {
            return new DataType.Decimal(precision, scale);
        }
        int least = Math.min(scale, 6);
        int room = DataType.Decimal.MAX_PRECISION - (precision - scale);
        return new DataType.Decimal(DataType.Decimal.MAX_PRECISION, Math.max(room, least));
    }

    static boolean isTime(DataType type) {
        return type == DataType.DATE || type == DataType.TIMESTAMP || type == DataType.TIMESTAMP_NTZ;
    }

    public static boolean atomic(DataType type) {
        return !(type instanceof DataType.Array
                || type instanceof DataType.Map
                || type instanceof DataType.Struct
                || type instanceof DataType.Opaque);
    }

    /** Whether values of the type have an order. */
    public static boolean orderable(DataType type) {
        if (type instanceof DataType.Array array) {
            return orderable(array.element());
        }
        if (type instanceof DataType.Struct struct) {
            return struct.fields().fields().stream().allMatch(f -> orderable(f.type()));
        }
        return !(type instanceof DataType.Map || type instanceof DataType.Opaque);
    }
}
