package org.tailrace.oracle;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** Functions whose value no two systems share, or that never return. */
    private static final Set<String> UNCERTAIN = Set.of(
            "rand",
            "randn",
            "uuid",
            "current_timestamp",
            "current_date",
            "localtimestamp",
            "unix_timestamp",
            "now",
            "current_timezone",
            "raise_error",
            "input_file_name",
            "monotonically_increasing_id",
            "random",
            "randstr");

    /** Functions that a large number would have fill the memory. */
    private static final Set<String> SIZED = Set.of("array_repeat", "repeat", "space", "lpad", "rpad", "sequence");

    private static final String[] SCALARS = {
        "1",
        "2L",
        "1.5",
        "0.25D",
        "'12'",
        "true",
        "date'2024-02-29'",
        "timestamp'2024-02-29 12:34:56.789'",
        "timestamp_ntz'2024-02-29 12:34:56.789'",
        "interval '1 02:03:04' day to second",
        "interval '1-2' year to month",
        "X'3132'",
        "1Y",
        "2S",
        "cast(1.5 as float)"
    };
    private static final String[] TARGETS = {
        "string",
        "int",
        "bigint",
        "double",
        "float",
        "boolean",
        "date",
        "timestamp",
        "timestamp_ntz",
        "decimal(10,2)",
        "decimal(38,18)",
        "tinyint",
        "smallint",
        "binary",
        "interval day to second",
        "interval year to month"
    };
    private static final String[] MORE = {
        "1 + 2",
        "1L - 2",
        "1.5 * 2.25",
        "1 / 2",
        "7 div 2",
        "7 % 2",
        "-(1)",
        "1.5 + 1",
        "0.5D * 2",
        "1.50 / 3.1",
        "'a' || 'b'",
        "array(1, 2) || array(3)",
        "1 < 2",
        "'a' <= 'b'",
        "date'2024-01-01' = date'2024-01-02'",
        "1.5 <> 2",
        "1 <=> 2",
        "1 is distinct from 2",
        "'a' is null",
        "1 is not null",
        "true and false",
        "true or false",
        "not true",
        "true is not true",
        "1 in (1, 2, 3)",
        "'a' not in ('a', 'b')",
        "1.5 between 1 and 2",
        "'Spark' like 'S%'",
        "'Spark' ilike 's_ark'",
        "'Spark' rlike 'a.k'",
        "'Spark' not like any ('a%', '%k')",
        "case when true then 1 when false then 2 else 3 end",
        "case 1 when 1 then 'a' else 'b' end",
        "case when true then 1.5 end",
        "if(true, 'a', 'b')",
        "date'2024-01-31' + interval '1' month",
        "timestamp'2024-01-31 10:00:00' - interval '1' hour",
        "date'2024-01-31' - date'2024-01-01'",
        "timestamp'2024-01-31 10:00:00' - timestamp'2024-01-01 00:00:00'",
        "interval '1' hour * 2",
        "interval '2' day / 3",
        "interval '1' year + interval '1' month",
        "date'2024-01-31' + 1",
        "extract(year from date'2024-01-31')",
        "extract(week from timestamp'2024-01-31 10:00:00')",
        "extract(second from timestamp'2024-01-31 10:00:00.123')",
        "date_trunc('MONTH', timestamp'2024-01-31 10:00:00')",
        "date_trunc('WEEK', timestamp'2024-01-31 10:00:00')",
        "trunc(date'2024-01-31', 'QUARTER')",
        "array(1, 2, 3)[1]",
        "map('a', 1)['a']",
        "named_struct('a', 1, 'b', 'x').b",
        "5 & 3",
        "5 | 3",
        "5 ^ 3",
        "~5",
        "1 << 2",
        "transform(array(1, 2), x -> x + 1)",
        "filter(array('a', 'b'), x -> x > 'a')",
        "exists(array(1, 2), x -> x = 2)",
        "aggregate(array(1, 2), 0, (a, x) -> a + x)",
        "position('a' in 'bab')",
        "trim(both 'x' from 'xax')",
        "substring('Spark' from 2 for 3)",
        "overlay('Spark' placing '_' from 2)",
        "cast(array(1, 2) as array<string>)",
        "greatest(1, 2.5, 3)",
        "coalesce('a', 'b')",
        "nullif(1, 2)"
    };

    private final Draws draws;
    private final Map<String, List<String>> columns;
    private final List<Template> templates = new ArrayList<>();
    private final Map<String, List<Template>> byType = new HashMap<>();

    private record Template(String name, Expr tree, DataType type) {}

    /** @param columns the names of the columns by the names of their types */
    Expressions(Draws draws, Map<String, List<String>> columns) {
        this.draws = draws;
        this.columns = columns;
        for (Function function : Functions.table().all()) {
            if (!UNCERTAIN.contains(function.name()) && !function.example().contains(" from values")) {
                add(function.name(), function.example());
            }
        }
        for (String text : MORE) {
            add("form: " + text, text);
        }
        for (String value : SCALARS) {
            for (String target : TARGETS) {
                add("cast to " + target, "cast(" + value + " as " + target + ")");
                add("try_cast to " + target, "try_cast(" + value + " as " + target + ")");
            }
        }
    }

    private void add(String name, String text) {
        try {
            var parsed = new SqlParser(ZoneOffset.UTC).query("SELECT " + text);
            if (!parsed.subqueries().isEmpty() || !(parsed.tree() instanceof Plan.Project project)) {
                return;
            }
            var resolved = new Resolver(Functions.table(), Settings.DEFAULT, table -> Optional.empty())
                    .resolve(parsed.tree(), parsed.positions());
            if (resolved.output().size() == 1 && project.outputs().size() == 1) {
                Expr tree = project.outputs().get(0);
                var template = new Template(
                        name,
                        tree instanceof Expr.Alias alias ? alias.child() : tree,
                        resolved.output().get(0).type());
                templates.add(template);
                byType.computeIfAbsent(family(template.type()), t -> new ArrayList<>())
                        .add(template);
            }
        } catch (TailraceException e) {
            // A cast that no one allows is no template.
        }
    }

    /** An expression of any type. */
    String any(int depth) {
        return SqlPrinter.expression(instance(draws.one(templates), depth));
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
        draws.count("function " + template.name());
        return fill(template.tree(), depth, true);
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
            return new Expr.Call(call.function(), arguments, call.distinct(), call.filter());
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
    private static @org.jspecify.annotations.Nullable DataType collection(Expr.Call call) {
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
