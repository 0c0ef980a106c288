package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tailrace.data.DataType;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;

/** UNION, INTERSECT and EXCEPT: columns are paired and widened to a common type. */
final class SetOperations {
    private final Resolution resolution;
    private final Env env;

    SetOperations(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    Relation union(Plan.Union node) {
        var children = new ArrayList<Relation>();
        for (Plan child : node.children()) {
            Relation relation = resolution.relation(child, env);
            children.add(node.byName() && !children.isEmpty() ? reordered(relation, children.get(0), node) : relation);
        }
        children.forEach(child -> sameWidth(children.get(0), child, node));
        List<Attribute> output = output(children, node);
        var widened = children.stream().map(child -> cast(child, output)).toList();
        Relation all = Relation.of(new ResolvedPlan.Union(widened, output));
        return node.all() ? all : resolution.distinct(all);
    }

    Relation operation(Plan.SetOperation node) {
        Relation left = resolution.relation(node.left(), env);
        Relation right = resolution.relation(node.right(), env);
        sameWidth(left, right, node);
        List<Attribute> output = output(List.of(left, right), node);
        if (!node.intersect()
                && !node.all()
                && left.plan().streaming()
                && !right.plan().streaming()) {
            return without(Relation.of(cast(left, output)), Relation.of(cast(right, output)));
        }
        return Relation.of(
                new ResolvedPlan.SetOperation(cast(left, output), cast(right, output), node.intersect(), node.all()));
    }

    /** EXCEPT of a stream and a table: the distinct rows that an anti join with the table leaves. */
    private Relation without(Relation left, Relation right) {
        int width = left.columns().size();
        List<Typed> same = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            same.add(resolution.call("<=>", left.input(i), TypedTrees.shift(right.input(i), width)));
        }
        return resolution.distinct(new Joins(resolution, env).join(left, right, JoinType.ANTI, same));
    }

    private void sameWidth(Relation first, Relation other, Plan node) {
        if (first.columns().size() != other.columns().size()) {
            throw resolution
                    .problems()
                    .error(
                            "TR-114",
                            "one query has " + first.columns().size() + " columns, the other "
                                    + other.columns().size(),
                            node,
                            "select the same columns in both");
        }
    }

    /** The columns of {@code other} in the order of {@code first}, by name. */
    private Relation reordered(Relation other, Relation first, Plan node) {
        var expressions = new ArrayList<Typed>();
        var attributes = new ArrayList<Attribute>();
        for (Attribute wanted : first.columns()) {
            List<Scope.Column> found = other.find(List.of(wanted.name()));
            if (found.size() != 1 || other.columns().size() != first.columns().size()) {
                throw new org.tailrace.error.PlanException(resolution
                        .problems()
                        .problem(
                                "TR-114",
                                found.isEmpty()
                                        ? "the other table has no column '" + wanted.name() + "'"
                                        : "the tables have different columns",
                                node)
                        .have(names(first) + " and " + names(other))
                        .fix("select the same names in both"));
            }
            expressions.add(other.input(found.get(0).ordinal()));
            attributes.add(other.columns().get(found.get(0).ordinal()));
        }
        return Relation.of(new ResolvedPlan.Project(other.plan(), expressions, attributes));
    }

    private static String names(Relation relation) {
        return relation.columns().stream().map(Attribute::name).collect(Collectors.joining(", "));
    }

    private List<Attribute> output(List<Relation> children, Plan node) {
        var output = new ArrayList<Attribute>();
        for (int i = 0; i < children.get(0).columns().size(); i++) {
            Attribute first = children.get(0).columns().get(i);
            DataType type = first.type();
            boolean nullable = false;
            for (Relation child : children) {
                Attribute other = child.columns().get(i);
                DataType before = type;
                type = Coercion.common(
                                type, other.type(), resolution.typer().context().ansi())
                        .orElseThrow(() -> resolution
                                .problems()
                                .error(
                                        "TR-114",
                                        "column '" + first.name() + "' is " + before + " in one query and "
                                                + other.type() + " in the other",
                                        node,
                                        "cast one of them"));
                nullable |= other.nullable();
            }
            output.add(new Attribute(first.name(), type, nullable, List.of(), first.delayMs()));
        }
        return output;
    }

    private ResolvedPlan cast(Relation child, List<Attribute> output) {
        boolean same = true;
        var expressions = new ArrayList<Typed>();
        var attributes = new ArrayList<Attribute>();
        for (int i = 0; i < output.size(); i++) {
            Typed column =
                    resolution.typer().coerce(child.input(i), output.get(i).type());
            same &= column instanceof Typed.Input;
            expressions.add(column);
            attributes.add(new Attribute(
                    output.get(i).name(),
                    output.get(i).type(),
                    column.nullable(),
                    List.of(),
                    child.columns().get(i).delayMs()));
        }
        return same ? child.plan() : new ResolvedPlan.Project(child.plan(), expressions, attributes);
    }
}
