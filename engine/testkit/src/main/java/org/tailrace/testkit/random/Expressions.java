package org.tailrace.testkit.random;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.error.TailraceException;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Function;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.plan.Plan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.sql.SqlParser;
import org.tailrace.sql.SqlPrinter;

/**
 * Random expressions that are mostly well typed. Every function's registered example is a template: its literals are holes
 * that take a column, another literal or, nested, another template of the same type. So a function that is added to the table
 * is drawn from then on. Templates for operators and casts stand here.
 */
final class Expressions {
    /** Functions whose value no two systems share: their examples, which hide it, are taken as they are. */
    private static final Set<String> UNCERTAIN =
            Set.of("rand", "randn", "uuid", "current_timestamp", "current_date", "localtimestamp", "current_timezone");

    private static final String FUNCTION = "function ";

    /** Functions that a large number would have fill the memory. */
    private static final Set<String> SIZED =
            Set.of("array_repeat", "repeat", "space", "lpad", "rpad", "sequence", "format_number");

    private static final Pattern NAME = Pattern.compile("[a-z]\\w*");
    private final Draws draws;
    private final Map<String, List<String>> columns;
    private final List<Template> functions = new ArrayList<>();
    private final List<Template> operators = new ArrayList<>();
    /** By their names, so that each target is drawn alike. */
    private final Map<String, List<Template>> casts = new TreeMap<>();

    private final Map<String, List<Template>> byType = new HashMap<>();

    /** @param type of its one column, or none if it has several */
    private record Template(
            String name, Expr tree, @Nullable DataType type) {
        boolean isFixed() {
            return name.startsWith(FUNCTION) && UNCERTAIN.contains(name.substring(FUNCTION.length()));
        }
    }

    /**
     * @param columns the names of the columns by the names of their types
     * @param order decides in which order functions take their turns
     */
    Expressions(Draws draws, Map<String, List<String>> columns, long order) {
        this.draws = draws;
        this.columns = columns;
        for (Function function : Functions.table().all()) {
            if (!function.example().contains(" from values")) {
                add(functions, FUNCTION + function.name(), function.example());
            }
        }
        Collections.shuffle(functions, new Random(order));
        for (String text : Forms.OPERATORS) {
            add(operators, "form " + text, text);
        }
        for (String value : Forms.SCALARS) {
            for (String target : Forms.TARGETS) {
                for (String cast : new String[] {"cast", "try_cast"}) {
                    String name = cast + " to " + target;
                    add(
                            casts.computeIfAbsent(name, n -> new ArrayList<>()),
                            name,
                            cast + "(" + value + " as " + target + ")");
                }
            }
        }
    }

    private void add(List<Template> kind, String name, String text) {
        try {
            var parsed = new SqlParser(ZoneOffset.UTC).query("SELECT " + text);
            if (!(parsed.tree() instanceof Plan.Project project)) {
                return;
            }
            var resolved = new Resolver(Functions.table(), Settings.DEFAULT, table -> Optional.empty())
                    .resolve(parsed.tree(), parsed.positions());
            Expr tree = project.outputs().get(0);
            boolean one = resolved.output().size() == 1;
            var template = new Template(
                    name,
                    tree instanceof Expr.Alias alias ? alias.child() : tree,
                    one ? resolved.output().get(0).type() : null);
            kind.add(template);
            if (one && !template.isFixed()) {
                byType.computeIfAbsent(family(resolved.output().get(0).type()), t -> new ArrayList<>())
                        .add(template);
            }
        } catch (TailraceException e) {
            if (kind == functions || kind == operators) {
                throw new IllegalStateException(text, e);
            }
            // A cast that no one allows is no template.
        }
    }

    /** What may stand in a SELECT: an expression of any type under a name, or one of several columns. */
    String selected(int depth, String name) {
        List<Template> kind = draws.chance(0.5)
                ? functions
                : draws.chance(0.5) ? operators : casts.get(draws.one(List.copyOf(casts.keySet())));
        return selected(draws.one(kind), depth, name);
    }

    /** A call of the function whose turn it is, for a SELECT. */
    String turn(int number, int depth, String name) {
        return selected(functions.get(number % functions.size()), depth, name);
    }

    /** The operator whose turn it is, for a SELECT. */
    String operatorTurn(int number, int depth, String name) {
        return selected(operators.get(number % operators.size()), depth, name);
    }

    private String selected(Template template, int depth, String name) {
        String text = SqlPrinter.expression(instance(template, depth));
        return template.type() == null ? text : text + " AS " + name;
    }

    /** An expression of this type. */
    String of(DataType type, int depth) {
        return SqlPrinter.expression(make(type, depth));
    }

    private Expr make(DataType type, int depth) {
        List<String> named = columns.getOrDefault(family(type), List.of());
        List<Template> nested = byType.getOrDefault(family(type), List.of());
        if (depth > 0 && !nested.isEmpty() && draws.chance(named.isEmpty() ? 0.6 : 0.35)) {
            return instance(draws.one(nested), depth - 1);
        }
        if (!named.isEmpty() && draws.chance(0.9)) {
            return new Expr.Ref(draws.one(named));
        }
        return literal(type);
    }

    private Expr literal(DataType type) {
        if (draws.chance(0.1)) {
            return new Expr.Cast(new Expr.Literal(null, DataType.VOID), type, false);
        } else if (type == DataType.INT) {
            return new Expr.Literal(draws.of(0, 1, 2, 3, -1, 10), type);
        } else if (type == DataType.BIGINT) {
            return new Expr.Literal(draws.of(0L, 1L, 5L, -7L), type);
        } else if (type == DataType.DOUBLE) {
            return new Expr.Literal(draws.of(0.5, 2.0, -1.25), type);
        } else if (type == DataType.STRING) {
            return new Expr.Literal(draws.of("a", "", "Spark", "b,c", "1"), type);
        } else if (type == DataType.BOOLEAN) {
            return new Expr.Literal(draws.chance(0.5), type);
        } else if (type instanceof DataType.Decimal) {
            return new Expr.Literal(new BigDecimal("2.5"), new DataType.Decimal(2, 1));
        }
        return new Expr.Cast(new Expr.Literal(null, DataType.VOID), type, false);
    }

    private Expr instance(Template template, int depth) {
        draws.count(template.name());
        return template.isFixed() ? template.tree() : fill(template.tree(), depth, true);
    }

    /** @param top whether this is the template itself, which stays what it is */
    private Expr fill(Expr expr, int depth, boolean top) {
        if (expr instanceof Expr.Literal literal) {
            return hole(literal, depth);
        }
        if (!top && expr instanceof Expr.Call call && draws.chance(0.5)) {
            DataType type = collection(call);
            if (type != null) {
                return make(type, depth);
            }
        }
        if (expr instanceof Expr.Call call) {
            var arguments = new ArrayList<Expr>();
            for (int i = 0; i < call.arguments().size(); i++) {
                Expr argument = call.arguments().get(i);
                boolean fixed = call.function().equals(".") && i == 1
                        || call.function().equals("named_struct") && i % 2 == 0
                        || SIZED.contains(call.function())
                                && argument instanceof Expr.Literal size
                                && size.value() instanceof Integer;
                arguments.add(fixed ? argument : fill(argument, depth, false));
            }
            return new Expr.Call(synonym(call.function()), arguments, call.distinct(), call.within(), call.filter());
        } else if (expr instanceof Expr.Cast cast) {
            return new Expr.Cast(fill(cast.child(), depth, false), cast.type(), cast.attempt());
        } else if (expr instanceof Expr.Case choice) {
            return new Expr.Case(
                    choice.branches().stream()
                            .map(b -> new Expr.Case.When(
                                    fill(b.condition(), depth, false), fill(b.value(), depth, false)))
                            .toList(),
                    choice.otherwise().map(e -> fill(e, depth, false)));
        } else if (expr instanceof Expr.Lambda lambda) {
            return new Expr.Lambda(lambda.parameters(), fill(lambda.body(), 0, false));
        }
        return expr;
    }

    /** The function under any of its names that is a word. */
    private String synonym(String name) {
        if (!NAME.matcher(name).matches() || !draws.chance(0.3)) {
            return name;
        }
        List<String> names = Functions.table().find(name).stream()
                .flatMap(function -> function.names().stream())
                .filter(n -> NAME.matcher(n).matches())
                .toList();
        return names.isEmpty() ? name : draws.one(names);
    }

    private Expr hole(Expr.Literal literal, int depth) {
        double kept = literal.type() == DataType.STRING ? 0.5 : literal.type() == DataType.VOID ? 1 : 0.25;
        if (draws.chance(kept)) {
            return literal;
        }
        if (draws.chance(0.12)) {
            return new Expr.Ref(draws.one(columns.get(draws.one(List.copyOf(columns.keySet())))));
        }
        return make(literal.type(), depth);
    }

    /** The type of a column that may stand where an example writes out a collection. */
    private static @Nullable DataType collection(Expr.Call call) {
        if (call.arguments().isEmpty()
                || !(call.arguments().get(call.arguments().size() - 1) instanceof Expr.Literal last)) {
            return null;
        }
        boolean whole = last.type() == DataType.INT;
        if (call.function().equals("array")) {
            return new DataType.Array(whole ? DataType.INT : DataType.STRING, true);
        }
        return call.function().equals("map") && whole ? new DataType.Map(DataType.STRING, DataType.INT, true) : null;
    }

    /** Types that stand for each other in a hole. */
    static String family(DataType type) {
        if (type instanceof DataType.Decimal) {
            return "decimal";
        } else if (type instanceof DataType.DayTimeInterval) {
            return "interval day to second";
        } else if (type instanceof DataType.YearMonthInterval) {
            return "interval year to month";
        }
        return type.ddl();
    }
}
