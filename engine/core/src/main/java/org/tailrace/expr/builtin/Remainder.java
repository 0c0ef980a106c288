package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** What is left of a division, and the whole quotient. */
final class Remainder extends Described implements ScalarFunction {
    private enum Kind {
        REMAINDER,
        POSITIVE,
        QUOTIENT
    }

    static final List<Remainder> ALL = List.of(
            new Remainder("% mod", "a % b", "The remainder, with the sign of a.", "-7 % 3", Kind.REMAINDER, false),
            new Remainder(
                    "try_mod",
                    "try_mod(a, b)",
                    "The remainder, or NULL if b is 0.",
                    "try_mod(7, 0)",
                    Kind.REMAINDER,
                    true),
            new Remainder(
                    "pmod", "pmod(a, b)", "The remainder, with the sign of b.", "pmod(-7, 3)", Kind.POSITIVE, false),
            new Remainder(
                    "div", "a div b", "The quotient without its fraction, a bigint.", "7 div 2", Kind.QUOTIENT, false));

    private final Kind kind;
    private final boolean attempt;

    private Remainder(String names, String signature, String doc, String example, Kind kind, boolean attempt) {
        super(names, signature, doc, example);
        this.kind = kind;
        this.attempt = attempt;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        // Also where a division by zero fails, as Spark has it.
        boolean nullable = true;
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        if (kind == Kind.QUOTIENT
                && (left instanceof DataType.DayTimeInterval && right instanceof DataType.DayTimeInterval
                        || left instanceof DataType.YearMonthInterval && right instanceof DataType.YearMonthInterval)) {
            return new Signature(List.of(left, right), DataType.BIGINT, nullable);
        }
        Signature numbers = Arithmetic.numeric(arguments, context, (a, b) -> {
            int scale = Math.max(a.scale(), b.scale());
            return Coercion.adjusted(Math.min(a.precision() - a.scale(), b.precision() - b.scale()) + scale, scale);
        });
        if (kind == Kind.QUOTIENT) {
            boolean decimals = numbers.result() instanceof DataType.Decimal;
            return new Signature(
                    decimals ? numbers.parameters() : List.of(DataType.BIGINT, DataType.BIGINT),
                    DataType.BIGINT,
                    nullable);
        }
        return new Signature(numbers.parameters(), numbers.result(), nullable);
    }

    @Override
    public boolean canFail(List<Typed> arguments, DataType result, EvalContext context) {
        return context.ansi() && !attempt;
    }

    @Override
    public boolean nullIfAnyIsNull() {
        return true;
    }

    @Override
    public boolean secondFirst() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        boolean fail = context.ansi() && !attempt;
        if (arguments.get(0).type() instanceof DataType.Decimal) {
            return Strict.kernel((v, row, out) -> {
                BigDecimal a = Decimals.get(v[0], row);
                BigDecimal b = Decimals.get(v[1], row);
                if (b.signum() == 0) {
                    zero(out, row, fail);
                } else if (kind == Kind.QUOTIENT) {
                    Cell.put(out, row, a.divide(b, 0, RoundingMode.DOWN).longValue());
                } else {
                    BigDecimal rest = a.remainder(b);
                    Decimals.setOrFail(
                            out,
                            row,
                            kind == Kind.POSITIVE && rest.signum() < 0
                                    ? rest.add(b).remainder(b)
                                    : rest,
                            fail);
                }
            });
        }
        if (result.isFractional()) {
            return Strict.kernel((v, row, out) -> {
                double a = Cell.real(v[0], row);
                double b = Cell.real(v[1], row);
                if (b == 0) {
                    zero(out, row, fail);
                } else {
                    double rest = a % b;
                    Cell.put(out, row, kind == Kind.POSITIVE && rest < 0 ? (rest + b) % b : rest);
                }
            });
        }
        if (arguments.get(1) instanceof Typed.Constant constant
                && constant.value() instanceof Number divisor
                && divisor.longValue() > 1) {
            return new RemainderByConstant(
                    switch (kind) {
                        case REMAINDER -> RemainderByConstant.Kind.REMAINDER;
                        case POSITIVE -> RemainderByConstant.Kind.MODULUS;
                        case QUOTIENT -> RemainderByConstant.Kind.QUOTIENT;
                    },
                    divisor.longValue());
        }
        return Strict.kernel((v, row, out) -> {
            long a = Cell.whole(v[0], row);
            long b = Cell.whole(v[1], row);
            if (b == 0) {
                zero(out, row, fail);
            } else if (kind == Kind.QUOTIENT) {
                if (fail && a == Long.MIN_VALUE && b == -1) {
                    throw Errors.overflow(result, "try_divide");
                }
                Cell.put(out, row, a / b);
            } else {
                long rest = a % b;
                Cell.put(out, row, kind == Kind.POSITIVE && rest < 0 ? turned(rest + b, result) % b : rest);
            }
        });
    }

    /** A sum as Spark has it, which adds two ints as an int. */
    private static long turned(long sum, DataType type) {
        return type == DataType.INT ? (int) sum : sum;
    }

    private void zero(Vector out, int row, boolean fail) {
        if (fail) {
            throw kind == Kind.QUOTIENT ? Errors.divideByZero() : Errors.remainderByZero();
        }
        out.setNull(row);
    }
}
