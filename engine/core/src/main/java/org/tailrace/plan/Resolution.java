package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;
import org.tailrace.expr.Typer;

/** One run of the resolver: what it shares, and the nodes that need few words. */
final class Resolution {
    private final Typer typer;
    private final Problems problems;
    private final TableNames names;
    private final Preparation preparation;
    private final NullTests nullTests;
    private final FilterPushdown pushdown;

    Resolution(Typer typer, Problems problems, TableNames names) {
        this.typer = typer;
        this.problems = problems;
        this.names = names;
        preparation = new Preparation(problems);
        nullTests = new NullTests(this::call, typer.context());
        pushdown = new FilterPushdown(nullTests, this::call);
    }

    Typer typer() {
        return typer;
    }

    Problems problems() {
        return problems;
    }

    Expr prepare(Expr expr) {
        return preparation.of(expr);
    }

    NullTests nullTests() {
        return nullTests;
    }

    FilterPushdown pushdown() {
        return pushdown;
    }

    /** A call over columns of {@code input}, by ordinal: typed as if it had been written. */
    Typed call(String function, Typed... arguments) {
        var fields = new ArrayList<Expr>();
        for (int i = 0; i < arguments.length; i++) {
            fields.add(new Expr.Ref("argument" + i));
        }
        return typer.type(
                new Expr.Call(function, fields),
                Scope.of(new Schema(List.of())),
                node -> fields.indexOf(node) >= 0 ? Optional.of(arguments[fields.indexOf(node)]) : Optional.empty());
    }

    /** Fields inside a value. @param node where they are written */
    Typed fields(Typed base, List<String> names, Expr node) {
        Typed value = base;
        for (String name : names) {
            Typed inner = value;
            var marker = new Expr.Ref("value");
            Expr access = problems.moved(node, new Expr.Call(".", marker, new Expr.Literal(name, DataType.STRING)));
            value = typer.type(
                    access, Scope.of(new Schema(List.of())), n -> n == marker ? Optional.of(inner) : Optional.empty());
        }
        return value;
    }

    Typed and(Typed left, Typed right) {
        return call("and", left, right);
    }

    Relation relation(Plan plan, Env env) {
        if (plan instanceof Plan.Source source) {
            return Relation.of(new ResolvedPlan.Source(
                    source.spec(), attributes(source.spec().schema())));
        } else if (plan instanceof Plan.Values values) {
            return Relation.of(new ResolvedPlan.Values(
                    values.rows(), attributes(values.rows().schema())));
        } else if (plan instanceof Plan.InlineTable table) {
            return new InlineTables(this, env).table(table);
        } else if (plan instanceof Plan.Named named) {
            return named(named, env);
        } else if (plan instanceof Plan.Alias alias) {
            return alias(alias, env);
        } else if (plan instanceof Plan.Filter filter) {
            return new Filters(this, env).filter(filter);
        } else if (plan instanceof Plan.Project project) {
            return new Select(this, env).project(project, List.of());
        } else if (plan instanceof Plan.Aggregate aggregate) {
            return new Select(this, env).aggregate(aggregate, List.of());
        } else if (plan instanceof Plan.Qualify qualify) {
            return new Select(this, env).qualified(qualify, List.of());
        } else if (plan instanceof Plan.Generate generate) {
            return new Generators(this, env).lateralView(generate);
        } else if (plan instanceof Plan.Watermark watermark) {
            return new Watermarks(this, env).watermark(watermark);
        } else if (plan instanceof Plan.Join join) {
            return new Joins(this, env).join(join);
        } else if (plan instanceof Plan.Lateral lateral) {
            return new Laterals(this, env).lateral(lateral);
        } else if (plan instanceof Plan.Distinct distinct) {
            return distinct(relation(distinct.child(), env));
        } else if (plan instanceof Plan.Deduplicate deduplicate) {
            return deduplicate(deduplicate, env);
        } else if (plan instanceof Plan.Stateful stateful) {
            return stateful(stateful, env);
        } else if (plan instanceof Plan.Union union) {
            return new SetOperations(this, env).union(union);
        } else if (plan instanceof Plan.SetOperation operation) {
            return new SetOperations(this, env).operation(operation);
        } else if (plan instanceof Plan.Sort sort) {
            return sort(sort, env);
        } else if (plan instanceof Plan.Limit limit) {
            Relation child = relation(limit.child(), env);
            return child.over(limited(child.plan(), limit.rows()));
        } else if (plan instanceof Plan.Offset offset) {
            Relation child = relation(offset.child(), env);
            return child.over(new ResolvedPlan.Offset(child.plan(), offset.rows()));
        } else if (plan instanceof Plan.With with) {
            return relation(with.body(), env.with(with.tables()));
        } else if (plan instanceof Plan.WithSubqueries with) {
            return relation(with.body(), env.with(with));
        }
        var map = (Plan.MapBatches) plan;
        ResolvedPlan child = relation(map.child(), env).finished();
        return Relation.of(new ResolvedPlan.MapBatches(
                child, map.spec(), attributes(map.spec().output())));
    }

    /** A limit of a limit is the smaller one. */
    private static ResolvedPlan limited(ResolvedPlan child, long rows) {
        if (child instanceof ResolvedPlan.Limit below) {
            return new ResolvedPlan.Limit(below.child(), Math.min(rows, below.rows()));
        } else if (child instanceof ResolvedPlan.Project project
                && project.child() instanceof ResolvedPlan.Limit below) {
            return new ResolvedPlan.Limit(
                    new ResolvedPlan.Project(below.child(), project.expressions(), project.output()),
                    Math.min(rows, below.rows()));
        }
        return new ResolvedPlan.Limit(child, rows);
    }

    static List<Attribute> attributes(Schema schema) {
        return schema.fields().stream().map(Resolution::attribute).toList();
    }

    static Attribute attribute(Field field) {
        return new Attribute(field.name(), field.type(), field.nullable(), List.of(), OptionalLong.empty());
    }

    private Relation named(Plan.Named named, Env env) {
        Optional<Env.Bound> common = env.table(named.name());
        if (common.isPresent()) {
            return relation(common.get().plan(), common.get().env()).qualified(named.name());
        }
        Plan table = names.find(named.name()).orElseThrow(() -> {
            var known = new ArrayList<>(env.names());
            known.addAll(names.known());
            return new PlanException(problems.problem("TR-112", "no table '" + named.name() + "'", named)
                    .have(String.join(", ", known))
                    .fix(
                            known.isEmpty()
                                    ? "register(name, table) makes a table known to SQL; in a notebook a variable of that name does"
                                    : Nearest.question(named.name(), known)));
        });
        String name = named.name().substring(named.name().lastIndexOf('.') + 1);
        return relation(table, Env.EMPTY).qualified(name);
    }

    private Relation alias(Plan.Alias alias, Env env) {
        Relation child = relation(alias.child(), env).qualified(alias.name());
        if (alias.columns().isEmpty()) {
            return child;
        }
        List<Attribute> old = child.columns();
        if (old.size() != alias.columns().size()) {
            throw problems.error(
                    "TR-117", alias.columns().size() + " names for " + old.size() + " columns", alias, "name them all");
        }
        return new Relation(
                child.plan(),
                IntStream.range(0, old.size())
                        .mapToObj(i -> new Attribute(
                                alias.columns().get(i),
                                old.get(i).type(),
                                old.get(i).nullable(),
                                old.get(i).qualifier(),
                                old.get(i).delayMs()))
                        .toList());
    }

    /** A DISTINCT groups by all columns. */
    Relation distinct(Relation child) {
        for (Attribute column : child.columns()) {
            if (!Coercion.orderable(column.type())) {
                throw problems.error(
                        "TR-102",
                        "DISTINCT cannot compare values of type " + column.type(),
                        column,
                        "leave out '" + column.name() + "'");
            }
        }
        return new Relation(
                new ResolvedPlan.Aggregate(child.plan(), child.inputs(), Optional.empty(), List.of(), child.columns()),
                child.columns());
    }

    private Relation deduplicate(Plan.Deduplicate node, Env env) {
        Relation child = relation(node.child(), env);
        var keys = new ArrayList<Integer>();
        for (String name : node.columns()) {
            var ref = new Expr.Ref(name);
            if (typer.type(problems.moved(node, ref), child) instanceof Typed.Input input
                    && !keys.contains(input.ordinal())) {
                keys.add(input.ordinal());
            }
        }
        if (node.columns().isEmpty()) {
            IntStream.range(0, child.columns().size()).forEach(keys::add);
        }
        return new Relation(
                new ResolvedPlan.Deduplicate(child.finished(), keys, node.withinWatermark()), child.columns());
    }

    private Relation stateful(Plan.Stateful node, Env env) {
        Relation child = relation(node.child(), env);
        List<Typed> keys = node.spec().keyNames().stream()
                .map(key -> typer.type(prepare(key), child))
                .toList();
        return Relation.of(new ResolvedPlan.Stateful(
                child.finished(), node.spec(), keys, attributes(node.spec().output())));
    }

    private Relation sort(Plan.Sort sort, Env env) {
        if (sort.child() instanceof Plan.Project project) {
            return new Select(this, env).project(project, sort.keys());
        } else if (sort.child() instanceof Plan.Aggregate aggregate) {
            return new Select(this, env).aggregate(aggregate, sort.keys());
        } else if (sort.child() instanceof Plan.Qualify qualify) {
            return new Select(this, env).qualified(qualify, sort.keys());
        }
        Relation child = relation(sort.child(), env);
        var columns = new Columns(this, env, child);
        List<ResolvedPlan.SortKey> keys = sort.keys().stream()
                .map(key -> new ResolvedPlan.SortKey(
                        position(key.expr(), child.columns().size())
                                .map(i -> (Typed) child.input(i))
                                .orElseGet(() -> columns.type(key.expr())),
                        key.ascending(),
                        key.nullsFirst()))
                .toList();
        return child.over(new ResolvedPlan.Sort(child.plan(), keys));
    }

    /** @throws PlanException TR-109 if an analytic call stands in a clause that is computed before them */
    void noAnalytic(Expr expr, String clause) {
        Exprs.first(expr, Expr.Over.class::isInstance).ifPresent(over -> {
            throw problems.error(
                    "TR-109",
                    ((Expr.Over) over).call().function() + "(..) OVER (..) cannot stand in " + clause,
                    over,
                    "compute it in a subquery, or use QUALIFY");
        });
    }

    /** The ordinal that a whole number in GROUP BY or ORDER BY stands for. */
    Optional<Integer> position(Expr expr, int columns) {
        if (!(expr instanceof Expr.Literal literal && literal.value() instanceof Integer number)) {
            return Optional.empty();
        }
        if (number < 1 || number > columns) {
            throw problems.error(
                    "TR-116",
                    "no column " + number + " in a select list of " + columns,
                    expr,
                    "positions count from 1");
        }
        return Optional.of(number - 1);
    }

    /** The plan of a subquery, which must be bounded. */
    Relation subquery(Expr.Subquery subquery, Env env) {
        Relation relation = relation(env.subqueries().get(subquery.number()), env);
        bounded(relation, subquery);
        return relation;
    }

    void bounded(Relation relation, Expr.Subquery subquery) {
        if (relation.plan().streaming()) {
            throw new PlanException(problems.problem("TR-210", "a stream cannot be read in a subquery", subquery)
                    .because("its rows never end, and the subquery would be read again for every batch")
                    .fix("join with it, or put it into a memory sink first"));
        }
    }
}
