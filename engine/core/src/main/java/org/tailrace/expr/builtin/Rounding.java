package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code round}, {@code bround}, {@code ceil} and {@code floor}. */
final class Rounding extends Described implements ScalarFunction {
    static final List<Rounding> ALL = List.of(
            new Rounding(
                    "round",
                    "round(x[, digits])",
                    "Rounded to so many digits after the point, halves away from zero.",
                    "round(2.5, 0)",
                    RoundingMode.HALF_UP),
            new Rounding(
                    "bround",
                    "bround(x[, digits])",
                    "Rounded to so many digits after the point, halves to the even digit.",
                    "bround(2.5, 0)",
                    RoundingMode.HALF_EVEN),
            new Rounding(
                    "ceil ceiling",
                    "ceil(x[, digits])",
                    "The least whole number that is not less, or the least with so many digits after the point.",
                    "ceil(-0.1)",
                    RoundingMode.CEILING),
            new Rounding(
                    "floor",
                    "floor(x[, digits])",
                    "The greatest whole number that is not more, or the greatest with so many digits after the point.",
                    "floor(-0.1)",
                    RoundingMode.FLOOR));

    private final RoundingMode mode;
    private final boolean whole;

    private Rounding(String names, String signature, String doc, String example, RoundingMode mode) {
        super(names, signature, doc, example);
        this.mode = mode;
        whole = mode == RoundingMode.CEILING || mode == RoundingMode.FLOOR;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw TypeMismatch.wrongNumber("1 or 2 arguments", arguments.size());
        }
        DataType type = arguments.get(0).type();
        if (type == DataType.STRING || type == DataType.VOID) {
            type = DataType.DOUBLE;
        }
        if (!type.isNumeric()) {
            throw new TypeMismatch("needs a number, not " + type, 0);
        }
        if (whole && arguments.size() == 1) {
            DataType result = type instanceof DataType.Decimal decimal
                    ? Coercion.bounded(decimal.precision() - decimal.scale() + 1, 0)
                    : DataType.BIGINT;
            DataType parameter = type.isIntegral() ? DataType.BIGINT : type;
            return new Signature(List.of(parameter), result, true);
        }
        type = whole ? exact(type) : type;
        int digits = digits(arguments);
        DataType result = type;
        if (type instanceof DataType.Decimal decimal) {
            int before = decimal.precision() - decimal.scale() + 1;
            int after = Math.max(Math.min(decimal.scale(), digits), 0);
            result = digits < 0
                    ? Coercion.bounded(Math.max(before, 1 - digits), 0)
                    : Coercion.bounded(before + after, after);
        }
        return new Signature(arguments.size() == 1 ? List.of(type) : List.of(type, DataType.INT), result, true);
    }

    /** The decimals that Spark reads a number as before it keeps so many of its digits. */
    private static DataType exact(DataType type) {
        if (type.isFractional()) {
            return type == DataType.FLOAT ? new DataType.Decimal(14, 7) : new DataType.Decimal(30, 15);
        }
        return Coercion.decimalOf(type);
    }

    /** None are kept if it is NULL, which only round and bround take, for NULL. */
    private int digits(List<Typed> arguments) {
        if (arguments.size() == 1) {
            return 0;
        }
        boolean constant = arguments.get(1) instanceof Typed.Constant;
        Object value = constant ? ((Typed.Constant) arguments.get(1)).value() : null;
        if (!(value instanceof Number) && (whole || !constant || value != null)) {
            throw new TypeMismatch("needs a constant number of digits", 1);
        }
        return value instanceof Number number ? number.intValue() : 0;
    }

    @Override
    public boolean canFail(List<Typed> arguments, DataType result, EvalContext context) {
        return context.ansi() && !result.isFractional() && !(whole && arguments.size() == 1);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        DataType type = arguments.get(0).type();
        int digits = digits(arguments);
        if (type instanceof DataType.Decimal) {
            return Strict.kernel((v, i, out) ->
                    Decimals.setOrFail(out, i, Decimals.get(v[0], i).setScale(digits, mode), context.ansi()));
        }
        if (whole) {
            if (type.isIntegral()) {
                return Strict.kernel((v, i, out) -> Cell.put(out, i, Cell.whole(v[0], i)));
            }
            boolean up = mode == RoundingMode.CEILING;
            return Strict.kernel((v, i, out) -> {
                double x = Cell.real(v[0], i);
                Cell.put(out, i, (long) (up ? Math.ceil(x) : Math.floor(x)));
            });
        }
        if (type.isFractional()) {
            return Strict.kernel((v, i, out) -> {
                double x = Cell.real(v[0], i);
                if (Double.isNaN(x) || Double.isInfinite(x)) {
                    Cell.put(out, i, x);
                } else if (type == DataType.FLOAT) {
                    Cell.put(
                            out,
                            i,
                            new BigDecimal(Float.toString((float) x))
                                    .setScale(digits, mode)
                                    .floatValue());
                } else {
                    Cell.put(
                            out, i, BigDecimal.valueOf(x).setScale(digits, mode).doubleValue());
                }
            });
        }
        if (digits >= 0) {
            return Strict.kernel((v, i, out) -> Cell.put(out, i, Cell.whole(v[0], i)));
        }
        return Strict.kernel((v, i, out) -> {
            BigDecimal rounded = BigDecimal.valueOf(Cell.whole(v[0], i)).setScale(digits, mode);
            long low = rounded.longValue();
            boolean fits =
                    rounded.compareTo(BigDecimal.valueOf(low)) == 0 && (result == DataType.BIGINT || low == (int) low);
            if (!fits && context.ansi()) {
                throw Errors.overflow(result, "");
            }
            Cell.put(out, i, low);
        });
    }
}
