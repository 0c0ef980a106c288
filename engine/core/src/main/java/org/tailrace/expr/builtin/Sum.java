package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/** {@code sum}, {@code avg} and their {@code try_} forms: which type, and which accumulator. */
final class Sum extends Described implements AggregateFunction {
    static final List<Sum> ALL = List.of(
            new Sum(
                    "sum",
                    "sum(value)",
                    "The sum: bigint of whole numbers, double, or a wider decimal.",
                    "sum(x) from values (1), (2), (NULL) t(x)",
                    false,
                    false),
            new Sum(
                    "try_sum",
                    "try_sum(value)",
                    "The sum, or NULL if it does not fit.",
                    "try_sum(x) from values (9223372036854775807L), (1L) t(x)",
                    false,
                    true),
            new Sum(
                    "avg mean",
                    "avg(value)",
                    "The mean: double, or a decimal of decimals.",
                    "avg(x) from values (1), (2), (NULL) t(x)",
                    true,
                    false),
            new Sum(
                    "try_avg",
                    "try_avg(value)",
                    "The mean, or NULL if the sum does not fit.",
                    "try_avg(x) from values (1), (2) t(x)",
                    true,
                    true));

    private final boolean mean;
    private final boolean attempt;

    private Sum(String names, String signature, String doc, String example, boolean mean, boolean attempt) {
        super(names, signature, doc, example);
        this.mean = mean;
        this.attempt = attempt;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        DataType type = arguments.get(0).type();
        if (type == DataType.STRING || type == DataType.VOID) {
            return new Signature(List.of(DataType.DOUBLE), DataType.DOUBLE, true);
        }
        if (type instanceof DataType.Decimal decimal) {
            int more = mean ? 4 : 10;
            return new Signature(
                    List.of(type),
                    mean
                            ? Coercion.bounded(decimal.precision() + more, decimal.scale() + more)
                            : Coercion.bounded(decimal.precision() + more, decimal.scale()),
                    true);
        }
        if (type instanceof DataType.DayTimeInterval) {
            return new Signature(List.of(type), DataType.DAY_TIME, true);
        }
        if (type instanceof DataType.YearMonthInterval) {
            return new Signature(List.of(type), DataType.YEAR_MONTH, true);
        }
        if (!type.isNumeric()) {
            throw new TypeMismatch("needs numbers, not " + type, 0);
        }
        return new Signature(List.of(type), mean || type.isFractional() ? DataType.DOUBLE : DataType.BIGINT, true);
    }

    @Override
    public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
        DataType type = arguments.get(0).type();
        Overflow overflow = Overflow.of(context, attempt);
        if (type instanceof DataType.Decimal decimal) {
            return new DecimalSums(decimal, (DataType.Decimal) result, mean, overflow);
        }
        if (type.isFractional() || mean && type == DataType.BIGINT) {
            return new RealSums(mean);
        }
        return new WholeSums(mean, result, overflow);
    }
}
