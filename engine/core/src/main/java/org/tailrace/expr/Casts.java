package org.tailrace.expr;

import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.error.TailraceException;

/** Which casts there are, what they can do to a value, and the kernel of each. */
public final class Casts {
    private Casts() {}

    /** Whether the pair can be cast at all; values may still fail. */
    public static boolean allowed(DataType from, DataType to, boolean ansi) {
        if (from.equals(to) || from == DataType.VOID) {
            return true;
        }
        if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
            return allowed(a.element(), b.element(), ansi);
        }
        if (from instanceof DataType.Map a && to instanceof DataType.Map b) {
            return allowed(a.key(), b.key(), ansi) && allowed(a.value(), b.value(), ansi);
        }
        if (from instanceof DataType.Struct a && to instanceof DataType.Struct b) {
            if (a.fields().size() != b.fields().size()) {
                return false;
            }
            for (int i = 0; i < a.fields().size(); i++) {
                if (!allowed(a.fields().type(i), b.fields().type(i), ansi)) {
                    return false;
                }
            }
            return true;
        }
        if (to == DataType.STRING) {
            return !(from instanceof DataType.Opaque);
        }
        if (!Coercion.atomic(from) || !Coercion.atomic(to) || to == DataType.VOID) {
            return false;
        }
        if (from == DataType.STRING) {
            return true;
        }
        boolean numberFrom = from.isNumeric();
        boolean numberTo = to.isNumeric();
        if (numberFrom && numberTo || numberFrom && to == DataType.BOOLEAN || from == DataType.BOOLEAN && numberTo) {
            return true;
        }
        if (Coercion.isTime(from) && Coercion.isTime(to)) {
            return true;
        }
        if (numberFrom && to == DataType.TIMESTAMP || from == DataType.TIMESTAMP && numberTo) {
            return true;
        }
        return from instanceof DataType.DayTimeInterval && to instanceof DataType.DayTimeInterval
                || from instanceof DataType.YearMonthInterval && to instanceof DataType.YearMonthInterval
                || from.isIntegral() && to == DataType.BINARY && !ansi;
    }

    /** A cure for a cast that is not allowed. */
    static String advice(DataType from, DataType to) {
        if (from == DataType.DATE && to.isNumeric()) {
            return "unix_date(d) gives the days since 1970-01-01";
        }
        if (from.isNumeric() && to == DataType.DATE) {
            return "date_from_unix_date(n) makes a date of days since 1970-01-01";
        }
        return Coercion.atomic(from) ? "" : "to_json(value) gives its text";
    }

    /** Which fails out of ANSI mode too, as in Spark. */
    private static boolean isIntervalOfText(DataType from, DataType to) {
        return from == DataType.STRING
                && (to instanceof DataType.DayTimeInterval || to instanceof DataType.YearMonthInterval);
    }

    /** Whether a cast of a value can throw in ANSI mode, or give NULL where it must not throw. */
    public static boolean canFail(DataType from, DataType to, boolean ansi) {
        return (ansi || isIntervalOfText(from, to)) && lossy(from, to);
    }

    /**
     * Whether the result of a cast of what is not NULL counts as nullable. Spark has it by the types alone, also in ANSI
     * mode, where most of these casts fail instead.
     */
    static boolean nullable(DataType from, DataType to, boolean attempt) {
        if (Coercion.same(from, to) || from == DataType.VOID || to == DataType.STRING) {
            return false;
        }
        if (attempt && from != DataType.STRING) {
            return !widening(from, to);
        }
        if (from == DataType.STRING) {
            return to != DataType.BINARY;
        }
        if (from == DataType.DATE) {
            return to != DataType.TIMESTAMP;
        }
        if (to instanceof DataType.Decimal wide) {
            return from == DataType.BOOLEAN ? wide.precision() == wide.scale() : !holds(from, wide);
        }
        boolean fraction = from.isFractional() || from instanceof DataType.Decimal;
        return fraction && to.isIntegral()
                || from.isFractional() && to == DataType.TIMESTAMP
                || from == DataType.TIMESTAMP && to.isIntegral() && to != DataType.BIGINT
                || from != DataType.TIMESTAMP && to == DataType.DATE;
    }

    private static boolean holds(DataType from, DataType.Decimal wide) {
        if (!from.isIntegral() && !(from instanceof DataType.Decimal)) {
            return false;
        }
        DataType.Decimal narrow = Coercion.decimalOf(from);
        int more = wide.precision() - wide.scale() - (narrow.precision() - narrow.scale());
        return more > 0 && from instanceof DataType.Decimal || more >= 0 && wide.scale() >= narrow.scale();
    }

    /** Whether no value can be lost, whatever it is. */
    private static boolean widening(DataType from, DataType to) {
        if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
            return Coercion.same(a.element(), b.element()) || widening(a.element(), b.element());
        }
        if (from instanceof DataType.Map a && to instanceof DataType.Map b) {
            return (Coercion.same(a.key(), b.key()) || widening(a.key(), b.key()))
                    && (Coercion.same(a.value(), b.value()) || widening(a.value(), b.value()));
        }
        if (to instanceof DataType.Decimal wide) {
            return from.isNumeric() && holds(from, wide);
        }
        if (from.isIntegral() || from.isFractional()) {
            return from.isIntegral() && to.isFractional()
                    || from == DataType.FLOAT && to == DataType.DOUBLE
                    || from.isIntegral() && to.isIntegral() && rank(from) < rank(to);
        }
        boolean time = to == DataType.TIMESTAMP || to == DataType.TIMESTAMP_NTZ;
        return from == DataType.TIMESTAMP && to == DataType.BIGINT
                || Coercion.isTime(from) && time
                || from instanceof DataType.DayTimeInterval && to instanceof DataType.DayTimeInterval
                || from instanceof DataType.YearMonthInterval && to instanceof DataType.YearMonthInterval;
    }

    private static boolean lossy(DataType from, DataType to) {
        if (Coercion.same(from, to) || from == DataType.VOID || to == DataType.STRING) {
            return false;
        }
        if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
            return lossy(a.element(), b.element());
        }
        if (from instanceof DataType.Map a && to instanceof DataType.Map b) {
            return lossy(a.key(), b.key()) || lossy(a.value(), b.value());
        }
        if (from instanceof DataType.Struct a && to instanceof DataType.Struct b) {
            for (int i = 0; i < a.fields().size(); i++) {
                if (lossy(a.fields().type(i), b.fields().type(i))) {
                    return true;
                }
            }
            return false;
        }
        if (from == DataType.STRING) {
            return to != DataType.BINARY;
        }
        if (to instanceof DataType.Decimal wide) {
            if (from.isFractional()) {
                return true;
            }
            if (from == DataType.BOOLEAN) {
                return wide.precision() == wide.scale();
            }
            if (!from.isNumeric()) {
                return true;
            }
            DataType.Decimal narrow = Coercion.decimalOf(from);
            return wide.precision() - wide.scale() < narrow.precision() - narrow.scale();
        }
        if (from.isNumeric() && to.isIntegral()) {
            return !from.isIntegral() || rank(from) > rank(to);
        }
        return from.isNumeric() && to == DataType.TIMESTAMP || from == DataType.TIMESTAMP && to.isIntegral();
    }

    private static int rank(DataType type) {
        return type == DataType.TINYINT ? 1 : type == DataType.SMALLINT ? 2 : type == DataType.INT ? 3 : 4;
    }

    /**
     * The kernel of a cast that {@link #allowed} allows. It takes one argument.
     *
     * @param attempt NULL for values that cannot be cast
     */
    public static ScalarFunction.Kernel kernel(DataType from, DataType to, EvalContext context, boolean attempt) {
        boolean ansi = context.ansi() || attempt;
        CastStep step;
        if (from == DataType.VOID) {
            return (arguments, count, result) -> {
                result.prepare(count);
                result.setAllNull();
            };
        } else if (Coercion.same(from, to) || from.storage() == to.storage() && sameValues(from, to)) {
            return new CopyKernel();
        } else if (from instanceof DataType.Array || from instanceof DataType.Map || from instanceof DataType.Struct) {
            if (to != DataType.STRING) {
                return NestedCasts.kernel(from, to, context, attempt);
            }
            step = TextCasts.print(context);
        } else if (to == DataType.STRING) {
            step = TextCasts.print(context);
        } else if (from == DataType.STRING) {
            step = TextCasts.parse(to, context.zone(), ansi);
        } else if (from.isNumeric() && to.isNumeric()) {
            ScalarFunction.Kernel dense = NumberCasts.dense(from, to, ansi);
            if (dense != null) {
                return dense;
            }
            step = NumberCasts.step(from, to, ansi);
        } else if (Coercion.isTime(from) || Coercion.isTime(to)) {
            step = TimeCasts.step(from, to, context.zone(), ansi);
        } else {
            step = NumberCasts.step(from, to, ansi);
        }
        boolean strict = context.ansi() || isIntervalOfText(from, to);
        return new CastStep.Kernel(step, from, to, strict && !attempt);
    }

    /** Types whose stored values mean the same. */
    private static boolean sameValues(DataType from, DataType to) {
        return from instanceof DataType.DayTimeInterval
                || from instanceof DataType.YearMonthInterval
                || from == DataType.STRING && to == DataType.BINARY;
    }

    /** The cast of one value in its external form; nothing if it fails or gives NULL. */
    public static Optional<Object> constant(Object value, DataType from, DataType to, EvalContext context) {
        try {
            Vector in = Vector.create(from);
            in.prepare(0);
            in.appendValue(value);
            Vector out = Vector.create(to);
            kernel(from, to, context, false).evaluate(new Vector[] {in}, 1, out);
            return Optional.ofNullable(out.get(0));
        } catch (TailraceException e) {
            return Optional.empty();
        }
    }
}
