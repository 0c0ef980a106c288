package org.tailrace.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tailrace.expr.Typed;

/** Walks over typed expressions. */
final class TypedTrees {
    private TypedTrees() {}

    static List<Typed> children(Typed typed) {
        if (typed instanceof Typed.Apply apply) {
            return apply.arguments();
        } else if (typed instanceof Typed.Cast cast) {
            return List.of(cast.child());
        } else if (typed instanceof Typed.Lambda lambda) {
            return List.of(lambda.body());
        } else if (typed instanceof Typed.Case cases) {
            var children = new ArrayList<Typed>();
            for (Typed.Case.When branch : cases.branches()) {
                children.add(branch.condition());
                children.add(branch.value());
            }
            cases.otherwise().ifPresent(children::add);
            return children;
        }
        return List.of();
    }

    static boolean any(Typed typed, Predicate<Typed> test) {
        return test.test(typed) || children(typed).stream().anyMatch(child -> any(child, test));
    }

    /** The ordinals of the columns that it reads. */
    static BitSet inputs(Typed typed) {
        var inputs = new BitSet();
        any(typed, node -> {
            if (node instanceof Typed.Input input) {
                inputs.set(input.ordinal());
            }
            return false;
        });
        return inputs;
    }

    static boolean deterministic(Typed typed) {
        return !any(
                typed,
                node -> node instanceof Typed.Apply apply && !apply.function().deterministic());
    }

    /** The expression over other columns. */
    static Typed substitute(Typed typed, Function<Typed.Input, Typed> columns) {
        if (typed instanceof Typed.Input input) {
            return columns.apply(input);
        } else if (typed instanceof Typed.Apply apply) {
            List<Typed> arguments =
                    apply.arguments().stream().map(a -> substitute(a, columns)).toList();
            return new Typed.Apply(apply.function(), arguments, apply.type(), apply.nullable());
        } else if (typed instanceof Typed.Cast cast) {
            return new Typed.Cast(substitute(cast.child(), columns), cast.type(), cast.attempt(), cast.nullable());
        } else if (typed instanceof Typed.Lambda lambda) {
            return new Typed.Lambda(lambda.parameters(), substitute(lambda.body(), columns));
        } else if (typed instanceof Typed.Case cases) {
            return new Typed.Case(
                    cases.branches().stream()
                            .map(w -> new Typed.Case.When(
                                    substitute(w.condition(), columns), substitute(w.value(), columns)))
                            .toList(),
                    cases.otherwise().map(o -> substitute(o, columns)),
                    cases.type(),
                    cases.nullable());
        }
        return typed;
    }

    static Typed shift(Typed typed, int by) {
        return substitute(typed, input -> new Typed.Input(input.ordinal() + by, input.type(), input.nullable()));
    }

    static boolean isCall(Typed typed, String function) {
        return typed instanceof Typed.Apply apply && apply.function().names().contains(function);
    }

    /** The conditions that AND joins. */
    static List<Typed> conjuncts(Typed condition) {
        if (condition instanceof Typed.Apply apply && isCall(apply, "and")) {
            var all = new ArrayList<Typed>();
            apply.arguments().forEach(argument -> all.addAll(conjuncts(argument)));
            return all;
        }
        return List.of(condition);
    }
}
