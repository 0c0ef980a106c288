package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/**
 * {@code percentile}, {@code median} and {@code percentile_approx}. All keep every value; the last therefore gives the
 * exact answer, a value that occurs, whatever accuracy is asked for.
 */
final class Percentiles extends Described implements AggregateFunction {
    private enum Kind {
        EXACT,
        MEDIAN,
        OCCURRING
    }

    static final List<Percentiles> ALL = List.of(
            new Percentiles(
                    "percentile",
                    "percentile(value, percentage)",
                    "The exact percentile, between values if need be; of an array of percentages, an array.",
                    "percentile(x, 0.5) from values (1), (2), (10) t(x)",
                    Kind.EXACT),
            new Percentiles(
                    "median",
                    "median(value)",
                    "The value in the middle, or the mean of the two there.",
                    "median(x) from values (1), (2), (10) t(x)",
                    Kind.MEDIAN),
            new Percentiles(
                    "percentile_approx approx_percentile",
                    "percentile_approx(value, percentage[, accuracy])",
                    "The least value that the given part of the values does not exceed.",
                    "percentile_approx(x, 0.5) from values (1), (2), (10) t(x)",
                    Kind.OCCURRING));

    private final Kind kind;

    private Percentiles(String names, String signature, String doc, String example, Kind kind) {
        super(names, signature, doc, example);
        this.kind = kind;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        int least = kind == Kind.MEDIAN ? 1 : 2;
        if (arguments.size() < least || arguments.size() > (kind == Kind.OCCURRING ? 3 : least)) {
            throw TypeMismatch.wrongNumber(
                    kind == Kind.OCCURRING ? "2 or 3 arguments" : least + (least == 1 ? " argument" : " arguments"),
                    arguments.size());
        }
        DataType value = arguments.get(0).type();
        boolean number = value.isNumeric();
        boolean time =
                value == DataType.DATE || value == DataType.TIMESTAMP || value instanceof DataType.DayTimeInterval;
        if (!number && value != DataType.STRING && value != DataType.VOID && !(time && kind == Kind.OCCURRING)) {
            throw new TypeMismatch("needs numbers, not " + value, 0);
        }
        DataType first = kind == Kind.OCCURRING && (number || time) ? value : DataType.DOUBLE;
        var parameters = new ArrayList<DataType>(List.of(first));
        boolean array = false;
        for (int i = 1; i < arguments.size(); i++) {
            if (!(arguments.get(i) instanceof Typed.Constant) && !constantArray(arguments.get(i))) {
                throw new TypeMismatch("needs a constant", i);
            }
            array |= i == 1 && arguments.get(i).type() instanceof DataType.Array;
            parameters.add(arguments.get(i).type());
        }
        return new Signature(parameters, array ? new DataType.Array(first, false) : first, true);
    }

    private static boolean constantArray(Typed typed) {
        return typed instanceof Typed.Apply apply
                && apply.function().name().equals("array")
                && apply.arguments().stream().allMatch(Typed.Constant.class::isInstance);
    }

    @Override
    public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
        double[] fractions = kind == Kind.MEDIAN ? new double[] {0.5} : fractions(arguments.get(1));
        boolean array = result instanceof DataType.Array;
        return new Lists(arguments.get(0).type(), ArrayList::new, values -> {
            if (values.isEmpty()) {
                return null;
            }
            Object[] sorted = sorted(values);
            if (!array) {
                return at(sorted, fractions[0]);
            }
            var several = new ArrayList<Object>();
            for (double fraction : fractions) {
                several.add(at(sorted, fraction));
            }
            return several;
        });
    }

    private static Object[] sorted(Collection<Object> values) {
        Object[] sorted = values.toArray();
        java.util.Arrays.sort(sorted);
        return sorted;
    }

    private Object at(Object[] sorted, double fraction) {
        if (kind == Kind.OCCURRING) {
            return sorted[Math.max((int) Math.ceil(fraction * sorted.length), 1) - 1];
        }
        double position = (sorted.length - 1) * fraction;
        int lower = (int) Math.floor(position);
        int higher = (int) Math.ceil(position);
        double low = (Double) sorted[lower];
        double high = (Double) sorted[higher];
        return lower == higher || low == high ? low : (higher - position) * low + (position - lower) * high;
    }

    private static double[] fractions(Typed typed) {
        if (typed instanceof Typed.Apply apply) {
            return apply.arguments().stream()
                    .mapToDouble(a -> real(((Typed.Constant) a).value()))
                    .toArray();
        }
        Object value = ((Typed.Constant) typed).value();
        return value instanceof List<?> list
                ? list.stream().mapToDouble(Percentiles::real).toArray()
                : new double[] {real(value)};
    }

    private static double real(@Nullable Object value) {
        double number = value instanceof BigDecimal decimal
                ? decimal.doubleValue()
                : value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(number >= 0 && number <= 1)) {
            throw org.tailrace.expr.Errors.argument(
                    "a percentage lies between 0.0 and 1.0, not at " + value, "write 0.5 for the middle");
        }
        return number;
    }
}
