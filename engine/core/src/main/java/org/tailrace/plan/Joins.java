package org.tailrace.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Traits;
import org.tailrace.expr.Typed;

/** Joins: which part of the condition is equality of keys, which concerns one side only, and what remains. */
final class Joins {
    private final Resolution resolution;
    private final Env env;

    Joins(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    Relation join(Plan.Join node) {
        Relation left = resolution.relation(node.left(), env);
        Relation right = resolution.relation(node.right(), env);
        List<String> using = node.natural() ? common(left, right) : node.using();
        if (!using.isEmpty()) {
            return using(node, using, left, right);
        }
        var both = both(left, right);
        var conjuncts = new ArrayList<Typed>();
        var asking = new ArrayList<Expr>();
        node.on().ifPresent(on -> {
            var columns = new Columns(resolution, env, both);
            for (Expr conjunct : Exprs.conjuncts(on)) {
                resolution.noAnalytic(conjunct, "ON");
                if (Exprs.any(conjunct, Expr.Subquery.class::isInstance)) {
                    asking.add(conjunct);
                } else {
                    conjuncts.add(columns.condition(conjunct, "join"));
                }
            }
        });
        if (!asking.isEmpty() && node.type() != JoinType.INNER) {
            throw resolution
                    .problems()
                    .error(
                            "TR-115",
                            "a query in the condition of a " + JoinRules.name(node.type()) + " join",
                            asking.get(0),
                            "put it into WHERE, or join with the query's table");
        }
        return new Filters(resolution, env).filter(join(left, right, node.type(), conjuncts), asking);
    }

    /** The names that both sides have, in the order of the left one. */
    private static List<String> common(Relation left, Relation right) {
        return left.columns().stream()
                .map(Attribute::name)
                .filter(name -> !right.find(List.of(name)).isEmpty())
                .distinct()
                .toList();
    }

    static Relation both(Relation left, Relation right) {
        var columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        return new Relation(left.plan(), columns);
    }

    /** @param conjuncts over the left columns, then the right ones */
    Relation join(Relation left, Relation right, JoinType type, List<Typed> conjuncts) {
        int width = left.columns().size();
        var onLeft = new ArrayList<Typed>();
        var onRight = new ArrayList<Typed>();
        var rest = new ArrayList<Typed>();
        boolean inner = type == JoinType.INNER || type == JoinType.CROSS || type == JoinType.SEMI;
        for (Typed conjunct : conjuncts) {
            BitSet inputs = TypedTrees.inputs(conjunct);
            boolean pure = TypedTrees.deterministic(conjunct) && !inputs.isEmpty();
            if (pure && inputs.length() <= width && (inner || type == JoinType.RIGHT)) {
                onLeft.add(conjunct);
            } else if (pure
                    && inputs.nextSetBit(0) >= width
                    && (inner || type == JoinType.LEFT || type == JoinType.ANTI)) {
                onRight.add(TypedTrees.shift(conjunct, -width));
            } else {
                rest.add(conjunct);
            }
        }
        if (inner || type == JoinType.RIGHT) {
            onLeft.addAll(resolution.nullTests().present(left.plan(), left.columns(), conjuncts, 0));
        }
        if (inner || type == JoinType.LEFT || type == JoinType.ANTI) {
            onRight.addAll(resolution.nullTests().present(right.plan(), right.columns(), conjuncts, width));
        }
        ResolvedPlan leftPlan = resolution.pushdown().filter(left.plan(), onLeft);
        ResolvedPlan rightPlan = resolution.pushdown().filter(right.plan(), onRight);
        var keys = new KeyConditions(type, leftPlan, rightPlan, conjuncts);
        Relation filteredLeft = left.over(resolution.pushdown().filter(leftPlan, keys.left()));
        Relation filteredRight = right.over(resolution.pushdown().filter(rightPlan, keys.right()));
        return late(filteredLeft, filteredRight, type, rest)
                .orElseGet(() -> split(filteredLeft, filteredRight, type, rest));
    }

    /**
     * A stream's columns that can fail come after an inner join with a table, which may drop the row. Not after one of two
     * streams, since the sides' columns are its state.
     */
    private Optional<Relation> late(Relation left, Relation right, JoinType type, List<Typed> conjuncts) {
        boolean isLeft = left.plan().streaming();
        if (type != JoinType.INNER && type != JoinType.CROSS
                || isLeft == right.plan().streaming()) {
            return Optional.empty();
        }
        int width = left.columns().size();
        int all = width + right.columns().size();
        var read = new BitSet();
        conjuncts.forEach(conjunct -> read.or(TypedTrees.inputs(conjunct)));
        return LateColumns.of(
                        isLeft ? left : right,
                        isLeft ? read.get(0, width) : read.get(width, all),
                        column -> Traits.canFail(column, resolution.typer().context()))
                .map(late -> {
                    var columns = new ArrayList<Typed>();
                    if (isLeft) {
                        columns.addAll(late.columns());
                        int moved = late.early().columns().size();
                        right.inputs().forEach(input -> columns.add(TypedTrees.shift(input, moved)));
                    } else {
                        columns.addAll(left.inputs());
                        late.columns().forEach(column -> columns.add(TypedTrees.shift(column, width)));
                    }
                    List<Typed> condition = conjuncts.stream()
                            .map(c -> TypedTrees.substitute(c, input -> columns.get(input.ordinal())))
                            .toList();
                    Relation joined =
                            split(isLeft ? late.early() : left, isLeft ? right : late.early(), type, condition);
                    return Relation.of(new ResolvedPlan.Project(
                            joined.plan(), columns, both(left, right).columns()));
                });
    }

    private Relation split(Relation left, Relation right, JoinType type, List<Typed> conjuncts) {
        var condition = JoinCondition.of(left.columns(), right.columns(), conjuncts);
        var output = new ArrayList<Attribute>();
        boolean leftOptional = type == JoinType.RIGHT || type == JoinType.FULL;
        boolean rightOptional = type == JoinType.LEFT || type == JoinType.FULL;
        left.columns().forEach(a -> output.add(leftOptional ? Relation.nullable(a) : a));
        if (type != JoinType.SEMI && type != JoinType.ANTI) {
            right.columns().forEach(a -> output.add(rightOptional ? Relation.nullable(a) : a));
        }
        return Relation.of(new ResolvedPlan.Join(
                left.finished(),
                right.finished(),
                type,
                type,
                condition.leftKeys(),
                condition.rightKeys(),
                condition.nullSafe(),
                condition.residual().stream().reduce(resolution::and),
                condition.range(left.columns(), right.columns()),
                output));
    }

    /** The columns of USING come once and first; of an outer join, from the side that has them. */
    private Relation using(Plan.Join node, List<String> names, Relation left, Relation right) {
        var conjuncts = new ArrayList<Typed>();
        var leftKeys = new ArrayList<Integer>();
        var rightKeys = new ArrayList<Integer>();
        int width = left.columns().size();
        for (String name : names) {
            leftKeys.add(ordinal(name, left, node));
            rightKeys.add(ordinal(name, right, node));
            int last = leftKeys.size() - 1;
            Typed rightInput = TypedTrees.shift(right.input(rightKeys.get(last)), width);
            conjuncts.add(resolution.call("=", left.input(leftKeys.get(last)), rightInput));
        }
        Relation joined = join(left, right, node.type(), conjuncts);
        if (node.type() == JoinType.SEMI || node.type() == JoinType.ANTI) {
            return joined;
        }
        var expressions = new ArrayList<Typed>();
        var attributes = new ArrayList<Attribute>();
        for (int i = 0; i < leftKeys.size(); i++) {
            key(node.type(), joined, leftKeys.get(i), width + rightKeys.get(i), expressions, attributes);
        }
        for (int i = 0; i < joined.columns().size(); i++) {
            if (i < width ? !leftKeys.contains(i) : !rightKeys.contains(i - width)) {
                expressions.add(joined.input(i));
                attributes.add(joined.columns().get(i));
            }
        }
        return Relation.of(new ResolvedPlan.Project(joined.plan(), expressions, attributes));
    }

    private void key(
            JoinType type, Relation joined, int left, int right, List<Typed> expressions, List<Attribute> attributes) {
        Attribute l = joined.columns().get(left);
        Attribute r = joined.columns().get(right);
        Typed value = switch (type) {
            case RIGHT -> joined.input(right);
            case FULL -> resolution.call("coalesce", joined.input(left), joined.input(right));
            default -> joined.input(left);
        };
        var qualifier = new ArrayList<String>();
        if (type != JoinType.RIGHT && type != JoinType.FULL) {
            qualifier.addAll(l.qualifier());
        }
        if (type != JoinType.LEFT && type != JoinType.FULL) {
            qualifier.addAll(r.qualifier());
        }
        OptionalLong delay =
                type == JoinType.RIGHT ? r.delayMs() : type == JoinType.FULL ? OptionalLong.empty() : l.delayMs();
        expressions.add(value);
        attributes.add(new Attribute(l.name(), value.type(), value.nullable(), qualifier, delay));
    }

    private int ordinal(String name, Relation side, Plan.Join node) {
        List<Scope.Column> found = side.find(List.of(name));
        if (found.size() == 1) {
            return found.get(0).ordinal();
        }
        var ref = resolution.problems().moved(node, new Expr.Ref(name));
        return ((Typed.Input) resolution.typer().type(ref, side)).ordinal();
    }
}
