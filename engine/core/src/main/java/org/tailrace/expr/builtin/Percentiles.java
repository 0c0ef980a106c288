package org.tailrace.expr.builtin;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Values;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Typed;

/**
 * {@code percentile}, {@code median} and {@code percentile_approx}, and those that take their values from WITHIN GROUP. All
 * keep every value; the approximate one therefore gives the exact answer, a value that occurs, whatever accuracy is asked for.
 */
final class Percentiles extends Described implements AggregateFunction {
    private enum Kind {
        EXACT,
        MEDIAN,
        OCCURRING,
        CONTINUOUS,
        DISCRETE
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
                    Kind.OCCURRING),
            new Percentiles(
                    "percentile_cont",
                    "percentile_cont(percentage) WITHIN GROUP (ORDER BY value)",
                    "The exact percentile in the order that is given, between values if need be.",
                    "percentile_cont(0.5) within group (order by x) from values (1), (2), (10) t(x)",
                    Kind.CONTINUOUS),
            new Percentiles(
                    "percentile_disc",
                    "percentile_disc(percentage) WITHIN GROUP (ORDER BY value)",
                    "The first value, in the order that is given, at or after the given part of the values.",
                    "percentile_disc(0.5) within group (order by x) from values (1), (2), (10) t(x)",
                    Kind.DISCRETE));

    private final Kind kind;
    private final Optional<Expr.Order> within;

    private Percentiles(String names, String signature, String doc, String example, Kind kind) {
        super(names, signature, doc, example);
        this.kind = kind;
        within = Optional.empty();
    }

    private Percentiles(Percentiles plain, Expr.Order within) {
        super(plain.names(), plain.signature(), plain.doc(), plain.example());
        kind = plain.kind;
        this.within = Optional.of(within);
    }

    private boolean takesOrder() {
        return kind == Kind.CONTINUOUS || kind == Kind.DISCRETE;
    }

    @Override
    public Optional<AggregateFunction> within(List<Expr.Order> order) {
        return takesOrder() && order.size() == 1 ? Optional.of(new Percentiles(this, order.get(0))) : Optional.empty();
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (takesOrder() && within.isEmpty()) {
            throw new TypeMismatch("needs WITHIN GROUP (ORDER BY ..)");
        }
        int least = kind == Kind.MEDIAN ? 1 : 2;
        if (arguments.size() < least || arguments.size() > (kind == Kind.OCCURRING ? 3 : least)) {
            throw TypeMismatch.wrongNumber(
                    kind == Kind.OCCURRING ? "2 or 3 arguments" : kind == Kind.EXACT ? "2 arguments" : "1 argument",
                    takesOrder() ? arguments.size() - 1 : arguments.size());
        }
        DataType value = arguments.get(0).type();
        boolean number = value.isNumeric();
        boolean interval = value instanceof DataType.DayTimeInterval || value instanceof DataType.YearMonthInterval;
        boolean time =
                value == DataType.DATE || value == DataType.TIMESTAMP || value instanceof DataType.DayTimeInterval;
        if (!number
                && value != DataType.STRING
                && value != DataType.VOID
                && !(time && kind == Kind.OCCURRING)
                && !(interval && takesOrder())) {
            throw new TypeMismatch("needs numbers, not " + value, 0);
        }
        boolean own = kind == Kind.OCCURRING ? number || time : interval;
        DataType first = own ? value : DataType.DOUBLE;
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
        DataType type = arguments.get(0).type();
        return new Lists(type, ArrayList::new, values -> {
            if (values.isEmpty()) {
                return null;
            }
            Object[] sorted = kind == Kind.OCCURRING ? sorted(values.toArray()) : sorted(numbers(values, type));
            if (!array) {
                return value(at(sorted, fractions[0]), type);
            }
            var several = new ArrayList<Object>();
            for (double fraction : fractions) {
                several.add(value(at(sorted, fraction), type));
            }
            return several;
        });
    }

    private Object[] sorted(Object[] values) {
        boolean descending = within.isPresent() && !within.get().ascending();
        Arrays.sort(values, descending ? Collections.reverseOrder() : null);
        return values;
    }

    /** The values as doubles: an interval by its microseconds or months. */
    private static Object[] numbers(Collection<Object> values, DataType type) {
        return values.stream()
                .map(value -> value instanceof Double
                        ? value
                        : type instanceof DataType.YearMonthInterval
                                ? (double) Values.toInt(type, value)
                                : (double) Values.toLong(type, value))
                .toArray();
    }

    /** Back from {@link #numbers}. */
    private static Object value(Object found, DataType type) {
        if (type instanceof DataType.YearMonthInterval) {
            return Values.fromInt(type, ((Double) found).intValue());
        }
        return type instanceof DataType.DayTimeInterval && found instanceof Double micros
                ? Values.fromLong(type, micros.longValue())
                : found;
    }

    private Object at(Object[] sorted, double fraction) {
        if (kind == Kind.OCCURRING || kind == Kind.DISCRETE) {
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
