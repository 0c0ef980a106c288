package org.tailrace.expr;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tailrace.data.DataType;
import org.tailrace.data.Values;
import org.tailrace.data.text.IntervalText;
import org.tailrace.data.text.TimestampText;

/** The names that Spark gives to outputs without an alias: {@code count(1)}, {@code (price * qty)}, {@code CAST(x AS INT)}. */
public final class Names {
    private static final Set<String> BINARY = Set.of(
            "or", "and", "=", "<=>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "div", "&", "|", "^", "<<", ">>",
            ">>>");

    private static final Set<String> WINDOWS = Set.of("window", "session_window");

    /** Functions that Spark names in capitals. */
    private static final Set<String> CAPITALS = Set.of(
            "sqrt", "cbrt", "exp", "expm1", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "sinh",
            "cosh", "tanh", "asinh", "acosh", "atanh", "degrees", "radians", "atan2", "hypot", "pi", "e", "log10",
            "log2", "log1p", "log", "ceil", "floor");

    /** In small letters if they are told how many digits to keep. */
    private static final Set<String> ROUNDING = Set.of("ceil", "floor");

    /** What Spark fills in for arguments that were left out, by the name and how many arguments a call has. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("percentile 2", ", 1"),
            Map.entry("percentile_approx 2", ", 10000"),
            Map.entry("approx_percentile 2", ", 10000"),
            Map.entry("overlay 3", ", -1"),
            Map.entry("mask 1", ", X, x, n, NULL"),
            Map.entry("mask 2", ", x, n, NULL"),
            Map.entry("mask 3", ", n, NULL"),
            Map.entry("regexp_replace 3", ", 1"),
            Map.entry("split 2", ", -1"),
            Map.entry("months_between 2", ", true"),
            Map.entry("listagg 1", ", NULL"),
            Map.entry("string_agg 1", ", NULL"));

    private Names() {}

    /** The name of a column of a select list. */
    public static String of(Expr expr) {
        if (expr instanceof Expr.Alias alias) {
            return alias.name();
        } else if (TypeNames.of(expr).isPresent()) {
            return of(((Expr.Call) expr).arguments().get(0));
        } else if (expr instanceof Expr.Ref ref) {
            return ref.parts().get(ref.parts().size() - 1);
        } else if (expr instanceof Expr.Call call
                && WINDOWS.contains(call.function().toLowerCase(Locale.ROOT))) {
            return call.function().toLowerCase(Locale.ROOT);
        } else if (expr instanceof Expr.Call call
                && call.function().equals(".")
                && named(call)
                && path(call.arguments().get(0))) {
            return String.valueOf(((Expr.Literal) call.arguments().get(1)).value());
        }
        return text(expr);
    }

    /** A column, or a field or an element of one; a field of anything else is named by its whole text. */
    private static boolean path(Expr expr) {
        return expr instanceof Expr.Ref
                || expr instanceof Expr.Call call
                        && (call.function().equals(".") || call.function().equals("[]"))
                        && path(call.arguments().get(0));
    }

    private static boolean named(Expr.Call call) {
        return call.arguments().size() == 2 && call.arguments().get(1) instanceof Expr.Literal;
    }

    /** The expression as it stands inside such a name. */
    public static String text(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        } else if (expr instanceof Expr.Ref ref) {
            return String.join(".", ref.parts());
        } else if (expr instanceof Expr.Star star) {
            return star.qualifier().map(q -> q + ".*").orElse("*");
        } else if (expr instanceof Expr.Call call) {
            return call(call);
        } else if (expr instanceof Expr.Cast cast) {
            return (cast.attempt() ? "TRY_CAST(" : "CAST(")
                    + text(cast.child()) + " AS "
                    + cast.type().ddl().toUpperCase(Locale.ROOT) + ")";
        } else if (expr instanceof Expr.Case cases) {
            return cases.branches().stream()
                            .map(w -> " WHEN " + text(w.condition()) + " THEN " + text(w.value()))
                            .collect(Collectors.joining("", "CASE", ""))
                    + cases.otherwise().map(e -> " ELSE " + text(e)).orElse("")
                    + " END";
        } else if (expr instanceof Expr.Lambda lambda) {
            // Spark's names of lambdas do not tell their variables apart.
            return "lambdafunction(" + text(lambdaBody(lambda.body(), lambda.parameters())) + ", "
                    + lambda.parameters().stream()
                            .map(p -> "namedlambdavariable()")
                            .collect(Collectors.joining(", "))
                    + ")";
        } else if (expr instanceof Expr.Alias alias) {
            return text(alias.child()) + " AS " + alias.name();
        } else if (expr instanceof Expr.Over over) {
            return over(over);
        }
        var subquery = (Expr.Subquery) expr;
        switch (subquery.kind()) {
            case EXISTS:
                return "exists()";
            case IN:
                return "(" + subquery.left().map(Names::text).orElse("") + " IN (listquery()))";
            default:
                return "scalarsubquery()";
        }
    }

    private static Expr lambdaBody(Expr body, List<String> parameters) {
        if (body instanceof Expr.Ref ref
                && parameters.stream()
                        .anyMatch(p -> p.equalsIgnoreCase(ref.parts().get(0)))) {
            Expr base = new Expr.Call("namedlambdavariable");
            for (String field : ref.parts().subList(1, ref.parts().size())) {
                base = new Expr.Call(".", base, new Expr.Literal(field, DataType.STRING));
            }
            return base;
        } else if (body instanceof Expr.Call call) {
            return new Expr.Call(
                    call.function(),
                    call.arguments().stream()
                            .map(a -> lambdaBody(a, parameters))
                            .toList());
        } else if (body instanceof Expr.Cast cast) {
            return new Expr.Cast(lambdaBody(cast.child(), parameters), cast.type(), cast.attempt());
        } else if (body instanceof Expr.Case cases) {
            return new Expr.Case(
                    cases.branches().stream()
                            .map(w -> new Expr.Case.When(
                                    lambdaBody(w.condition(), parameters), lambdaBody(w.value(), parameters)))
                            .toList(),
                    cases.otherwise().map(e -> lambdaBody(e, parameters)));
        } else if (body instanceof Expr.Lambda lambda) {
            return new Expr.Lambda(lambda.parameters(), lambdaBody(lambda.body(), parameters));
        }
        return body;
    }

    private static String call(Expr.Call call) {
        String name = call.function().toLowerCase(Locale.ROOT);
        List<String> arguments = call.arguments().stream().map(Names::text).toList();
        if (TypeNames.of(call).isPresent()) {
            return arguments.get(0);
        }
        if (BINARY.contains(name) && arguments.size() == 2) {
            return "(" + arguments.get(0) + " " + name.toUpperCase(Locale.ROOT).replace("DIV", "div") + " "
                    + arguments.get(1) + ")";
        }
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        switch (name) {
            case "window", "session_window":
                return name;
            case "||":
                return "concat(" + String.join(", ", arguments) + ")";
            case "not":
                return "(NOT " + first + ")";
            case "is null":
                return "(" + first + " IS NULL)";
            case "is not null":
                return "(" + first + " IS NOT NULL)";
            case "negative":
                return "(- " + first + ")";
            case "positive":
                return "(+ " + first + ")";
            case "~":
                return "~" + first;
            case "in":
                return "(" + first + " IN (" + String.join(", ", arguments.subList(1, arguments.size())) + "))";
            case "like":
                return first + " LIKE " + arguments.get(1);
            case "rlike":
                return "RLIKE(" + String.join(", ", arguments) + ")";
            case "isnull":
                return "(" + first + " IS NULL)";
            case "isnotnull":
                return "(" + first + " IS NOT NULL)";
            case "if":
                return "(IF(" + String.join(", ", arguments) + "))";
            case "from_json", "from_csv":
                return name + "(" + first + ")";
            case "aggregate", "reduce":
                return name + "(" + String.join(", ", arguments)
                        + (arguments.size() == 3
                                ? ", lambdafunction(namedlambdavariable(), namedlambdavariable())"
                                : "")
                        + ")";
            case "extract":
                return arguments.size() == 2
                        ? "extract(" + first + " FROM " + arguments.get(1) + ")"
                        : name + "(" + String.join(", ", arguments) + ")";
            case "curdate":
                return "current_date()";
            case "assert_true":
                return name + "(" + first + ", "
                        + (arguments.size() > 1 ? arguments.get(1) : "'" + first + "' is not true!") + ")";
            case "raise_error":
                return arguments.size() == 1
                        ? name + "(USER_RAISED_EXCEPTION, map(errorMessage, " + first + "))"
                        : name + "(" + String.join(", ", arguments) + ")";
            case "[]":
                return first + "[" + arguments.get(1) + "]";
            case ".":
                return first + "." + arguments.get(1);
            default:
                boolean capitals = CAPITALS.contains(name) && !(ROUNDING.contains(name) && arguments.size() == 2);
                return (capitals ? name.toUpperCase(Locale.ROOT) : name) + "("
                        + (call.distinct() ? "DISTINCT " : "")
                        + String.join(", ", arguments)
                        + DEFAULTS.getOrDefault(name + " " + arguments.size(), "")
                        + ")"
                        + within(call)
                        + call.filter()
                                .map(f -> " FILTER (WHERE " + text(f) + ")")
                                .orElse("");
        }
    }

    private static String within(Expr.Call call) {
        if (call.within().isEmpty()) {
            return "";
        }
        Expr.Order first = call.within().get(0);
        // As Spark writes it: mode turns the order round, since it takes the first of equally frequent values.
        boolean ascending = first.ascending() != call.function().equalsIgnoreCase("mode");
        return " WITHIN GROUP (ORDER BY " + text(first.expr()) + (ascending ? ")" : " DESC)");
    }

    private static String over(Expr.Over over) {
        String partition = over.partition().stream().map(Names::text).collect(Collectors.joining(", "));
        String order = over.order().stream()
                .map(o -> text(o.expr())
                        + (o.ascending() ? " ASC" : " DESC")
                        + (o.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                .collect(Collectors.joining(", "));
        String frame = over.frame().map(Names::frame).orElseGet(() -> usualFrame(over));
        return analytic(over.call()) + " OVER ("
                + Stream.of(
                                partition.isEmpty() ? "" : "PARTITION BY " + partition,
                                order.isEmpty() ? "" : "ORDER BY " + order,
                                frame)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "))
                + ")";
    }

    private static String analytic(Expr.Call call) {
        String name = call.function().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "rank", "dense_rank", "percent_rank" -> name.toUpperCase(Locale.ROOT) + "()";
            case "lag", "lead" -> {
                List<String> given = call.arguments().stream().map(Names::text).toList();
                yield name + "(" + String.join(", ", given) + (given.size() < 2 ? ", 1" : "")
                        + (given.size() < 3 ? ", NULL)" : ")");
            }
            default -> text(call);
        };
    }

    /** The frame that a call has if it says none. */
    private static String usualFrame(Expr.Over over) {
        String name = over.call().function().toLowerCase(Locale.ROOT);
        switch (name) {
            case "lag", "lead" -> {
                String by = over.call().arguments().size() > 1
                        ? text(over.call().arguments().get(1))
                        : "1";
                String at = (name.equals("lead") ? by : by.startsWith("-") ? by.substring(1) : "-" + by) + " FOLLOWING";
                return "ROWS BETWEEN " + at + " AND " + at;
            }
            case "row_number", "rank", "dense_rank", "percent_rank", "ntile" -> {
                return "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
            }
            default -> {
                return over.order().isEmpty()
                        ? "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
                        : "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
            }
        }
    }

    private static String frame(Expr.Frame frame) {
        return (frame.rows() ? "ROWS" : "RANGE") + " BETWEEN " + bound(frame.start()) + " AND " + bound(frame.end());
    }

    private static String bound(Expr.Frame.Bound bound) {
        String side = bound.side().name().replace('_', ' ');
        return bound.unbounded()
                ? "UNBOUNDED " + side
                : bound.offset().map(offset -> text(offset) + " ").orElse("") + side;
    }

    private static String literal(Expr.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return "NULL";
        } else if (value instanceof LocalDate date) {
            return "DATE '" + date + "'";
        } else if (value instanceof Instant instant) {
            return "TIMESTAMP '" + TimestampText.print(Values.micros(instant), ZoneOffset.UTC) + "'";
        } else if (value instanceof LocalDateTime) {
            return "TIMESTAMP_NTZ '" + TimestampText.printLocal(Values.toLong(DataType.TIMESTAMP_NTZ, value)) + "'";
        } else if (value instanceof Duration && literal.type() instanceof DataType.DayTimeInterval type) {
            return IntervalText.print(type, Values.toLong(type, value));
        } else if (value instanceof Period && literal.type() instanceof DataType.YearMonthInterval type) {
            return IntervalText.print(type, Values.toInt(type, value));
        } else if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return String.valueOf(value);
    }
}
