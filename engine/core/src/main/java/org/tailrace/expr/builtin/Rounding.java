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
                    "ceil(x)",
                    "The least whole number that is not less.",
                    "ceil(-0.1)",
                    RoundingMode.CEILING),
            new Rounding(
                    "floor",
                    "floor(x)",
                    "The greatest whole number that is not more.",
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
        if (arguments.isEmpty() || arguments.size() > (whole ? 1 : 2)) {
            throw TypeMismatch.wrongNumber(whole ? "1 argument" : "1 or 2 arguments", arguments.size());
        }
        DataType type = arguments.get(0).type();
        if (type == DataType.STRING || type == DataType.VOID) {
            type = DataType.DOUBLE;
        }
        if (!type.isNumeric()) {
            throw new TypeMismatch("needs a number, not " + type, 0);
        }
        if (whole) {
            DataType result = type instanceof DataType.Decimal decimal
                    ? Coercion.bounded(decimal.precision() - decimal.scale() + 1, 0)
                    : DataType.BIGINT;
            DataType parameter = type.isIntegral() ? DataType.BIGINT : type;
            return new Signature(List.of(parameter), result, true);
        }
        int digits = 0;
        if (arguments.size() == 2) {
            if (!(arguments.get(1) instanceof Typed.Constant constant && constant.value() instanceof Number number)) {
                throw new TypeMismatch("needs a constant number of digits", 1);
            }
            digits = number.intValue();
        }
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

    @Override
    public boolean canFail(List<Typed> arguments, DataType result, EvalContext context) {
        return context.ansi() && !result.isFractional() && !whole;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        DataType type = arguments.get(0).type();
        int digits = arguments.size() == 2 ? ((Number) ((Typed.Constant) arguments.get(1)).value()).intValue() : 0;
        if (type instanceof DataType.Decimal) {
            return Strict.kernel((v, i, out) -> Decimals.setOrFail(
                    out, i, Decimals.get(v[0], i).setScale(whole ? 0 : digits, mode), context.ansi()));
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
