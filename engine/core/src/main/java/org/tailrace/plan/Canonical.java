package org.tailrace.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailrace.data.DataType;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Function;
import org.tailrace.expr.FunctionTable;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;

/**
 * Says when two expressions over the same input mean the same: names become column numbers, synonyms one name, aliases
 * nothing. So a group key is found again in the select list however it is written there.
 */
final class Canonical {
    private final FunctionTable functions;
    private final Relation scope;
    private final Map<Expr, Integer> starred = new IdentityHashMap<>();
    private final Set<Expr> parameters = Collections.newSetFromMap(new IdentityHashMap<>());

    Canonical(FunctionTable functions, Relation scope) {
        this.functions = functions;
        this.scope = scope;
    }

    /** Makes {@code ref} mean column {@code ordinal}, whatever other columns have its name. */
    void star(Expr ref, int ordinal) {
        starred.put(ref, ordinal);
    }

    /** The column that a {@code *} put there. */
    Optional<Typed> starred(Expr node) {
        Integer ordinal = starred.get(node);
        return ordinal == null ? Optional.empty() : Optional.of(scope.input(ordinal));
    }

    /** Notes which references in a tree are parameters of its lambdas, before any of its nodes is looked at. */
    Expr noted(Expr root) {
        note(root, Set.of());
        return root;
    }

    private void note(Expr expr, Set<String> names) {
        if (expr instanceof Expr.Ref ref && names.contains(ref.parts().get(0).toLowerCase(Locale.ROOT))) {
            parameters.add(ref);
        } else if (expr instanceof Expr.Lambda lambda) {
            var inner = new java.util.HashSet<>(names);
            lambda.parameters().forEach(p -> inner.add(p.toLowerCase(Locale.ROOT)));
            note(lambda.body(), inner);
        } else {
            Exprs.children(expr).forEach(child -> note(child, names));
        }
    }

    boolean isParameter(Expr ref) {
        return parameters.contains(ref);
    }

    Expr of(Expr expr) {
        if (expr instanceof Expr.Alias alias) {
            return of(alias.child());
        } else if (expr instanceof Expr.Ref ref) {
            return reference(ref);
        } else if (expr instanceof Expr.Call call) {
            return call(call);
        }
        return Exprs.map(expr, this::of);
    }

    private Expr reference(Expr.Ref ref) {
        Integer ordinal = starred.get(ref);
        if (ordinal != null) {
            return column(ordinal, List.of());
        }
        List<String> lower =
                ref.parts().stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
        List<Scope.Column> found = isParameter(ref) ? List.of() : scope.find(ref.parts());
        if (found.size() != 1) {
            return new Expr.Ref(lower);
        }
        return column(found.get(0).ordinal(), lower.subList(found.get(0).consumed(), lower.size()));
    }

    static Expr column(int ordinal, List<String> fields) {
        Expr column = new Expr.Call("column", new Expr.Literal(ordinal, DataType.INT));
        for (String field : fields) {
            column = new Expr.Call(".", column, new Expr.Literal(field, DataType.STRING));
        }
        return column;
    }

    private Expr call(Expr.Call call) {
        String name = functions
                .find(call.function())
                .map(Function::name)
                .orElse(call.function().toLowerCase(Locale.ROOT));
        var arguments = new ArrayList<Expr>();
        for (Expr argument : call.arguments()) {
            boolean field =
                    name.equals(".") && argument instanceof Expr.Literal literal && literal.value() instanceof String;
            arguments.add(
                    field
                            ? new Expr.Literal(
                                    String.valueOf(((Expr.Literal) argument).value())
                                            .toLowerCase(Locale.ROOT),
                                    DataType.STRING)
                            : of(argument));
        }
        List<Expr.Order> within = call.within().stream()
                .map(o -> new Expr.Order(of(o.expr()), o.ascending(), o.nullsFirst()))
                .toList();
        return new Expr.Call(
                name, arguments, call.distinct(), within, call.filter().map(this::of));
    }
}
