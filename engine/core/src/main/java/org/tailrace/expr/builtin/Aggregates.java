package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.Errors;
import org.tailrace.expr.Typed;
import org.tailrace.expr.ValueKey;

/** The aggregates that need no class of their own. */
final class Aggregates {
    private Aggregates() {}

    /** Counts, sums, means and extremes. */
    static List<AggregateFunction> sums() {
        var all = new ArrayList<AggregateFunction>(List.of(Count.COUNT, Count.COUNT_IF));
        all.addAll(Sum.ALL);
        all.addAll(Extreme.ALL);
        return all;
    }

    static List<AggregateFunction> others() {
        var all = new ArrayList<AggregateFunction>();
        ends(all);
        lists(all);
        statistics(all);
        folds(all);
        return all;
    }

    private static void ends(List<AggregateFunction> all) {
        String example = "%s(x) from values (1), (2), (3) t(x)";
        all.add(new AggregateOf(
                "first first_value",
                "first(value T[, ignoreNulls boolean]) -> T?",
                "The first value in order of arrival.",
                example.formatted("first"),
                (a, r, c) -> new Ends(r, false, flag(a))));
        all.add(new AggregateOf(
                "last last_value",
                "last(value T[, ignoreNulls boolean]) -> T?",
                "The last value in order of arrival.",
                example.formatted("last"),
                (a, r, c) -> new Ends(r, true, flag(a))));
        all.add(new AggregateOf(
                "any_value",
                "any_value(value T[, ignoreNulls boolean]) -> T?",
                "Some value of the group; here, the first.",
                example.formatted("any_value"),
                (a, r, c) -> new Ends(r, false, flag(a))));
    }

    private static boolean flag(List<Typed> arguments) {
        return arguments.size() > 1
                && arguments.get(1) instanceof Typed.Constant constant
                && Boolean.TRUE.equals(constant.value());
    }

    private static void lists(List<AggregateFunction> all) {
        all.add(new AggregateOf(
                "collect_list array_agg",
                "collect_list(value T) -> array<T!>!",
                "The values that are not NULL, in order of arrival.",
                "collect_list(x) from values (1), (2), (1) t(x)",
                (a, r, c) -> new Lists(a.get(0).type(), ArrayList::new, Lists::list)));
        all.add(new AggregateOf(
                "collect_set",
                "collect_set(value T) -> array<T!>!",
                "The different values that are not NULL, in order of arrival.",
                "collect_set(x) from values (1), (2), (1) t(x)",
                (a, r, c) -> new Lists(a.get(0).type(), LinkedHashSet::new, Lists::list)));
        all.add(joined("listagg"));
        all.add(joined("string_agg"));
        all.add(Mode.FUNCTION);
        all.addAll(Percentiles.ALL);
        all.add(ApproxCountDistinct.FUNCTION);
    }

    private static AggregateOf joined(String name) {
        return new AggregateOf(
                name,
                name + "(value string[, separator string]) -> string?",
                "The texts that are not NULL, joined in order of arrival, with a separator between them if one is given;"
                        + " NULL of none.",
                name + "(x, ', ') from values ('a'), ('b'), ('a') t(x)",
                (a, r, c) -> {
                    String separator = a.size() > 1
                                    && a.get(1) instanceof Typed.Constant constant
                                    && constant.value() instanceof String text
                            ? text
                            : "";
                    return new Lists(a.get(0).type(), ArrayList::new, values -> join(values, separator));
                },
                1);
    }

    private static @Nullable Object join(Collection<Object> values, String separator) {
        return values.isEmpty()
                ? null
                : values.stream()
                        .map(value -> String.valueOf(ValueKey.value(value)))
                        .collect(Collectors.joining(separator));
    }

    private static void statistics(List<AggregateFunction> all) {
        moments(
                all,
                "stddev std stddev_samp",
                "The standard deviation of a sample; NULL of one row.",
                2,
                (n, m2, m3, m4) -> Math.sqrt(m2 / (n - 1)));
        moments(all, "stddev_pop", "The standard deviation of a population.", 1, (n, m2, m3, m4) -> Math.sqrt(m2 / n));
        moments(
                all,
                "variance var_samp",
                "The variance of a sample; NULL of one row.",
                2,
                (n, m2, m3, m4) -> m2 / (n - 1));
        moments(all, "var_pop", "The variance of a population.", 1, (n, m2, m3, m4) -> m2 / n);
        moments(
                all,
                "skewness",
                "How lopsided the values lie about their mean.",
                1,
                (n, m2, m3, m4) -> Math.sqrt(n) * m3 / Math.sqrt(m2 * m2 * m2));
        moments(
                all,
                "kurtosis",
                "How far the values reach from their mean, less that of a normal distribution.",
                1,
                (n, m2, m3, m4) -> n * m4 / (m2 * m2) - 3);
        all.add(pairs(
                "covar_pop",
                "The covariance of a population.",
                (a, r, c) -> new Covariances((n, xx, yy) -> n == 0, (n, xy, xx, yy, mx, my) -> xy / n)));
        all.add(pairs(
                "covar_samp",
                "The covariance of a sample; NULL of one row.",
                (a, r, c) -> new Covariances((n, xx, yy) -> n < 2, (n, xy, xx, yy, mx, my) -> xy / (n - 1))));
        // As in Spark, whose correlation divides by SQL's rules.
        all.add(pairs(
                "corr",
                "Pearson's correlation, from -1 to 1; a division by zero if one side does not vary.",
                (a, r, c) -> new Covariances(
                        (n, xx, yy) -> n < 2 || !c.ansi() && Math.sqrt(xx * yy) == 0, (n, xy, xx, yy, mx, my) -> {
                            double scale = Math.sqrt(xx * yy);
                            if (scale == 0) {
                                throw Errors.divideByZero();
                            }
                            return xy / scale;
                        })));
        regression(
                all,
                "regr_slope",
                "The slope of the regression line of the first over the second argument.",
                (n, yx, yy, xx, my, mx) -> yx / xx);
        regression(
                all,
                "regr_intercept",
                "Where the regression line meets the axis.",
                (n, yx, yy, xx, my, mx) -> my - yx / xx * mx);
        regression(
                all,
                "regr_r2",
                "The coefficient of determination of the regression.",
                (n, yx, yy, xx, my, mx) -> yy == 0 ? 1 : yx * yx / (yy * xx));
    }

    /** NULL if the second argument does not vary. */
    private static void regression(List<AggregateFunction> all, String name, String doc, Covariances.Result formula) {
        all.add(pairs(name, doc, (a, r, c) -> new Covariances((n, yy, xx) -> xx == 0, formula)));
    }

    private static void moments(
            List<AggregateFunction> all, String names, String doc, int least, Moments.Result formula) {
        String name = names.split(" ")[0];
        all.add(new AggregateOf(
                names,
                name + "(value double) -> double?",
                doc,
                name + "(x) from values (1), (2), (4) t(x)",
                // The third and fourth moments are measured by the second.
                (a, r, c) -> new Moments(least, name.equals("skewness") || name.equals("kurtosis"), formula)));
    }

    private static AggregateOf pairs(String name, String doc, AggregateOf.Maker maker) {
        return new AggregateOf(
                name,
                name + "(a double, b double) -> double?",
                doc,
                name + "(x, y) from values (1, 2), (2, 4), (4, 7) t(x, y)",
                maker);
    }

    private static void folds(List<AggregateFunction> all) {
        all.add(new AggregateOf(
                "bool_and every",
                "bool_and(condition boolean) -> boolean?",
                "Whether the condition holds in every row.",
                "bool_and(x > 0) from values (1), (2) t(x)",
                (a, r, c) -> new Folds(r, (x, y) -> x & y)));
        all.add(new AggregateOf(
                "bool_or some any",
                "bool_or(condition boolean) -> boolean?",
                "Whether the condition holds in some row.",
                "bool_or(x > 1) from values (1), (2) t(x)",
                (a, r, c) -> new Folds(r, (x, y) -> x | y)));
        for (String name : List.of("and", "or", "xor")) {
            all.add(new AggregateOf(
                    "bit_" + name,
                    "bit_" + name + "(value T) -> T?",
                    "The bits of all values, joined by " + name + ".",
                    "bit_" + name + "(x) from values (5L), (6L) t(x)",
                    (a, r, c) -> new Folds(
                            r,
                            name.equals("and")
                                    ? (x, y) -> x & y
                                    : name.equals("or") ? (x, y) -> x | y : (x, y) -> x ^ y)));
        }
    }
}
