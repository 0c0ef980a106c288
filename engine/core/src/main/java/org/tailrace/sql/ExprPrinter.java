package org.tailrace.sql;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Values;
import org.tailrace.data.text.IntervalText;
import org.tailrace.data.text.TimestampText;
import org.tailrace.expr.Expr;

/** Expressions as text, with no more parentheses than the grammar needs. */
final class ExprPrinter {
    // From loose to tight; the numbers between are those of the operators.
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int PREDICATE = 4;
    private static final int VALUE = 5;
    private static final int UNARY = 20;
    private static final int PRIMARY = 21;
    private static final Map<String, Integer> BINARY = Map.ofEntries(
            Map.entry("=", VALUE),
            Map.entry("<=>", VALUE),
            Map.entry("<", VALUE),
            Map.entry("<=", VALUE),
            Map.entry(">", VALUE),
            Map.entry(">=", VALUE),
            Map.entry("|", 6),
            Map.entry("^", 7),
            Map.entry("&", 8),
            Map.entry("<<", 9),
            Map.entry(">>", 9),
            Map.entry(">>>", 9),
            Map.entry("+", 10),
            Map.entry("-", 10),
            Map.entry("||", 10),
            Map.entry("*", 11),
            Map.entry("/", 11),
            Map.entry("%", 11),
            Map.entry("div", 11));
    private static final Map<String, String> PREFIX = Map.of("negative", "-", "positive", "+", "~", "~");
    private static final Pattern WORD = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Set<String> LIKES = Set.of("like", "ilike", "rlike");

    private final IntFunction<String> subqueries;

    /** @param subqueries the text of a subquery by its number */
    ExprPrinter(IntFunction<String> subqueries) {
        this.subqueries = subqueries;
    }

    String print(Expr expr) {
        return print(expr, OR);
    }

    String list(List<? extends Expr> list) {
        return list.stream().map(this::print).collect(Collectors.joining(", "));
    }

    String orders(List<Expr.Order> list) {
        return list.stream()
                .map(o -> print(o.expr())
                        + (o.ascending() ? "" : " DESC")
                        + (o.nullsFirst() == o.ascending() ? "" : o.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                .collect(Collectors.joining(", "));
    }

    private String print(Expr expr, int least) {
        String text = text(expr);
        return rank(expr) < least ? "(" + text + ")" : text;
    }

    private static int rank(Expr expr) {
        if (expr instanceof Expr.Call call) {
            String name = call.function();
            int size = call.arguments().size();
            if (size == 2 && name.equals("or")) {
                return OR;
            } else if (size == 2 && name.equals("and")) {
                return AND;
            } else if (size == 1 && name.equals("not")) {
                return NOT;
            } else if (predicate(call)) {
                return PREDICATE;
            } else if (size == 2 && BINARY.containsKey(name)) {
                return BINARY.get(name);
            } else if (size == 1 && PREFIX.containsKey(name)) {
                return UNARY;
            }
        } else if (expr instanceof Expr.Subquery subquery && subquery.kind() == Expr.Subquery.Kind.IN) {
            return PREDICATE;
        } else if (expr instanceof Expr.Lambda || expr instanceof Expr.Alias) {
            return OR;
        }
        return PRIMARY;
    }

    private static boolean predicate(Expr.Call call) {
        int size = call.arguments().size();
        String name = call.function();
        return LIKES.contains(name) && (size == 2 || size == 3)
                || name.equals("in") && size > 1
                || name.equals("between") && size == 3
                || (name.equals("is null") || name.equals("is not null")) && size == 1;
    }

    private String text(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        } else if (expr instanceof Expr.Ref ref) {
            return ref.parts().stream().map(ExprPrinter::name).collect(Collectors.joining("."));
        } else if (expr instanceof Expr.Star star) {
            return star.qualifier().map(q -> qualified(q) + ".*").orElse("*")
                    + (star.except().isEmpty()
                            ? ""
                            : " EXCEPT "
                                    + star.except().stream()
                                            .map(ExprPrinter::name)
                                            .collect(Collectors.joining(", ", "(", ")")));
        } else if (expr instanceof Expr.Call call) {
            return call(call);
        } else if (expr instanceof Expr.Cast cast) {
            return (cast.attempt() ? "TRY_CAST(" : "CAST(") + print(cast.child()) + " AS "
                    + cast.type().ddl() + ")";
        } else if (expr instanceof Expr.Case cases) {
            return cases.branches().stream()
                            .map(w -> " WHEN " + print(w.condition()) + " THEN " + print(w.value()))
                            .collect(Collectors.joining("", "CASE", ""))
                    + cases.otherwise().map(o -> " ELSE " + print(o)).orElse("")
                    + " END";
        } else if (expr instanceof Expr.Lambda lambda) {
            String parameters =
                    lambda.parameters().stream().map(ExprPrinter::name).collect(Collectors.joining(", "));
            return (lambda.parameters().size() == 1 ? parameters : "(" + parameters + ")") + " -> "
                    + print(lambda.body());
        } else if (expr instanceof Expr.Alias alias) {
            return print(alias.child()) + " AS " + name(alias.name());
        } else if (expr instanceof Expr.Over over) {
            return over(over);
        }
        return subquery((Expr.Subquery) expr);
    }

    private static String qualified(String name) {
        return List.of(name.split("\\.")).stream().map(ExprPrinter::name).collect(Collectors.joining("."));
    }

    private String subquery(Expr.Subquery subquery) {
        String query = "(" + subqueries.apply(subquery.number()) + ")";
        return switch (subquery.kind()) {
            case SCALAR -> query;
            case EXISTS -> "EXISTS " + query;
            case IN -> print(subquery.left().orElseThrow(), VALUE) + " IN " + query;
        };
    }

    private String over(Expr.Over over) {
        String partition = over.partition().isEmpty() ? "" : "PARTITION BY " + list(over.partition());
        String order = over.order().isEmpty() ? "" : "ORDER BY " + orders(over.order());
        String frame = over.frame().map(this::frame).orElse("");
        return text(over.call()) + (over.ignoresNulls() ? " IGNORE NULLS" : "") + " OVER ("
                + Stream.of(partition, order, frame).filter(p -> !p.isEmpty()).collect(Collectors.joining(" ")) + ")";
    }

    private String frame(Expr.Frame frame) {
        return (frame.rows() ? "ROWS" : "RANGE") + " BETWEEN " + bound(frame.start()) + " AND " + bound(frame.end());
    }

    private String bound(Expr.Frame.Bound bound) {
        String side = bound.side().name().replace('_', ' ');
        return bound.unbounded()
                ? "UNBOUNDED " + side
                : bound.offset().map(offset -> print(offset) + " ").orElse("") + side;
    }

    private String call(Expr.Call call) {
        String name = call.function();
        List<Expr> arguments = call.arguments();
        int rank = rank(call);
        if (rank == OR || rank == AND) {
            return print(arguments.get(0), rank) + " " + name.toUpperCase(Locale.ROOT) + " "
                    + print(arguments.get(1), rank + 1);
        } else if (rank == NOT) {
            return "NOT " + print(arguments.get(0), NOT);
        } else if (rank == PREDICATE) {
            return predicate(name, arguments);
        } else if (rank == UNARY) {
            Expr operand = arguments.get(0);
            // A minus before a number would become part of it.
            boolean number = name.equals("negative") && operand instanceof Expr.Literal;
            String text = print(operand, UNARY);
            return PREFIX.get(name) + (number ? "(" + text + ")" : text.startsWith("-") ? " " + text : text);
        } else if (rank < PRIMARY) {
            String operator = name.equals("div") ? "DIV" : name;
            return print(arguments.get(0), rank) + " " + operator + " " + print(arguments.get(1), rank + 1);
        } else if (name.equals("[]") && arguments.size() == 2) {
            return base(arguments.get(0)) + "[" + print(arguments.get(1)) + "]";
        } else if (name.equals(".")
                && arguments.size() == 2
                && arguments.get(1) instanceof Expr.Literal field
                && field.value() instanceof String text) {
            return base(arguments.get(0)) + "." + name(text);
        }
        return function(call);
    }

    private String base(Expr expr) {
        String text = print(expr, PRIMARY);
        return expr instanceof Expr.Literal || expr instanceof Expr.Lambda ? "(" + text + ")" : text;
    }

    private String predicate(String name, List<Expr> arguments) {
        String first = print(arguments.get(0), VALUE);
        switch (name) {
            case "is null", "is not null" -> {
                return first + " " + name.toUpperCase(Locale.ROOT);
            }
            case "in" -> {
                return first + " IN (" + list(arguments.subList(1, arguments.size())) + ")";
            }
            case "between" -> {
                return first + " BETWEEN " + print(arguments.get(1), VALUE) + " AND " + print(arguments.get(2), VALUE);
            }
            default -> {
                return first + " " + name.toUpperCase(Locale.ROOT) + " " + print(arguments.get(1), VALUE)
                        + (arguments.size() > 2 ? " ESCAPE " + print(arguments.get(2)) : "");
            }
        }
    }

    private String function(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        String unit = arguments.size() > 1
                        && arguments.get(0) instanceof Expr.Literal literal
                        && literal.value() instanceof String text
                        && text.matches("[A-Za-z]+")
                ? text
                : "";
        String inside;
        if (!unit.isEmpty() && call.function().equals("extract")) {
            inside = unit + " FROM " + print(arguments.get(1));
        } else if (!unit.isEmpty() && PrimaryParser.takesUnit(call.function(), arguments.size())) {
            inside = unit + ", " + list(arguments.subList(1, arguments.size()));
        } else {
            inside = (call.distinct() ? "DISTINCT " : "") + list(arguments);
        }
        String name = WORD.matcher(call.function()).matches() ? call.function() : quoted(call.function());
        return name + "(" + inside + ")"
                + (call.within().isEmpty() ? "" : " WITHIN GROUP (ORDER BY " + orders(call.within()) + ")")
                + call.filter().map(f -> " FILTER (WHERE " + print(f) + ")").orElse("");
    }

    /** A name as it can stand anywhere: in back quotes if it is no plain word or a word that may mean something else. */
    static String name(String name) {
        return Field.quoted(name).equals(name) && !Keywords.hasMeaning(name) ? name : quoted(name);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String literal(Expr.Literal literal) {
        Object value = literal.value();
        DataType type = literal.type();
        if (value == null) {
            return type == DataType.VOID ? "NULL" : "CAST(NULL AS " + type.ddl() + ")";
        } else if (value instanceof String text) {
            return Escapes.quoted(text);
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString() + "BD";
        } else if (value instanceof Float || value instanceof Double) {
            return real(((Number) value).doubleValue(), value.toString(), type);
        } else if (value instanceof Number) {
            String suffix =
                    value instanceof Long ? "L" : value instanceof Short ? "S" : value instanceof Byte ? "Y" : "";
            return value + suffix;
        } else if (value instanceof byte[] bytes) {
            return "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
        } else if (value instanceof java.time.Instant instant) {
            return "TIMESTAMP '" + TimestampText.print(Values.micros(instant), ZoneOffset.UTC) + "Z'";
        } else if (value instanceof LocalDateTime) {
            return "TIMESTAMP_NTZ '" + TimestampText.printLocal(Values.toLong(type, value)) + "'";
        } else if (value instanceof java.time.LocalDate) {
            return "DATE '" + value + "'";
        } else if (value instanceof Duration && type instanceof DataType.DayTimeInterval interval) {
            return IntervalText.print(interval, Values.toLong(type, value));
        } else if (value instanceof Period && type instanceof DataType.YearMonthInterval interval) {
            return IntervalText.print(interval, Values.toInt(type, value));
        }
        return value.toString().toUpperCase(Locale.ROOT);
    }

    private static String real(double value, String text, DataType type) {
        if (!Double.isFinite(value)) {
            return "CAST('" + text + "' AS " + type.ddl() + ")";
        }
        return text + (type == DataType.FLOAT ? "F" : "D");
    }
}
