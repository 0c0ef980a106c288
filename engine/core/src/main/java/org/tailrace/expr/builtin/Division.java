package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Decimals;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code a / b} and {@code try_divide}: a double, unless both sides are decimals or whole numbers and one is a decimal. */
final class Division extends Described implements ScalarFunction {
    static final Division DIVIDE =
            new Division("/", "a / b", "The quotient: a double, or a decimal of decimals.", "7 / 2", false);
    static final Division TRY_DIVIDE = new Division(
            "try_divide", "try_divide(a, b)", "The quotient, or NULL if b is 0.", "try_divide(1, 0)", true);

    private final boolean attempt;

    private Division(String name, String signature, String doc, String example, boolean attempt) {
        super(name, signature, doc, example);
        this.attempt = attempt;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        DataType left = arguments.get(0).type();
        // Also where a division by zero fails, as Spark has it.
        boolean nullable = true;
        if (left instanceof DataType.DayTimeInterval || left instanceof DataType.YearMonthInterval) {
            DataType right = arguments.get(1).type();
            if (!right.isNumeric()) {
                throw new TypeMismatch("needs a number, not " + right, 1);
            }
            return new Signature(
                    List.of(left, right),
                    left instanceof DataType.DayTimeInterval ? DataType.DAY_TIME : DataType.YEAR_MONTH,
                    nullable);
        }
        Signature numbers = Arithmetic.numeric(arguments, context, (a, b) -> {
            int scale = Math.max(6, a.scale() + b.precision() + 1);
            return Coercion.adjusted(a.precision() - a.scale() + b.scale() + scale, scale);
        });
        return numbers.result() instanceof DataType.Decimal
                ? new Signature(numbers.parameters(), numbers.result(), nullable)
                : new Signature(List.of(DataType.DOUBLE, DataType.DOUBLE), DataType.DOUBLE, nullable);
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
        if (result == DataType.DOUBLE) {
            return (vectors, count, out) ->
                    reals((DoubleVector) vectors[0], (DoubleVector) vectors[1], count, (DoubleVector) out, fail);
        }
        if (result instanceof DataType.Decimal decimal) {
            return Strict.kernel((v, row, out) -> {
                BigDecimal divisor = Decimals.get(v[1], row);
                if (divisor.signum() == 0) {
                    zero(out, row, fail);
                } else {
                    BigDecimal quotient =
                            Decimals.get(v[0], row).divide(divisor, decimal.scale(), RoundingMode.HALF_UP);
                    Decimals.setOrFail(out, row, quotient, fail);
                }
            });
        }
        return Strict.kernel((v, row, out) -> {
            BigDecimal divisor = TimeArithmetic.number(v[1], row);
            if (divisor.signum() == 0) {
                zero(out, row, fail);
            } else {
                BigDecimal length = BigDecimal.valueOf(Cell.whole(v[0], row));
                Cell.put(out, row, TimeArithmetic.rounded(length.divide(divisor, 0, RoundingMode.HALF_UP), result));
            }
        });
    }

    private static void zero(Vector out, int row, boolean fail) {
        if (fail) {
            throw Errors.divideByZero();
        }
        out.setNull(row);
    }

    private static void reals(DoubleVector left, DoubleVector right, int count, DoubleVector out, boolean fail) {
        out.prepare(count);
        double[] a = left.values;
        double[] b = right.values;
        double[] c = out.values;
        int i = left.offset;
        int j = right.offset;
        boolean zero = false;
        for (int row = 0; row < count; row++) {
            double divisor = b[j + row];
            c[row] = a[i + row] / divisor;
            zero |= divisor == 0;
        }
        out.andValidity(left);
        out.andValidity(right);
        if (zero) {
            for (int row = 0; row < count; row++) {
                if (b[j + row] == 0 && !out.isNull(row)) {
                    zero(out, row, fail);
                }
            }
        }
    }
}
