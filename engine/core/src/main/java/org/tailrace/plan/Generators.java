package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.tailrace.data.Field;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Typer;

/** Functions that make rows, in LATERAL VIEW and in a select list. */
final class Generators {
    private final Resolution resolution;
    private final Env env;

    Generators(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    Relation lateralView(Plan.Generate node) {
        Relation child = resolution.relation(node.child(), env);
        return generate(
                child,
                node.generator(),
                node.outer(),
                node.name().isEmpty() ? List.of() : List.of(node.name()),
                node.columns());
    }

    boolean isGenerator(Expr expr) {
        return Exprs.withoutAlias(expr) instanceof Expr.Call call
                && resolution.typer().functions().isGenerator(call.function());
    }

    /** The child's columns, then the generated ones under {@code names}, or under the function's names if there are none. */
    Relation generate(Relation child, Expr.Call call, boolean outer, List<String> qualifier, List<String> names) {
        Typer.GeneratorCall generator = resolution.typer().typeGenerator((Expr.Call) resolution.prepare(call), child);
        boolean keeps = outer || call.function().toLowerCase(Locale.ROOT).endsWith("_outer");
        List<Field> made = generator
                .function()
                .outputs(generator.arguments(), resolution.typer().context())
                .fields();
        if (!names.isEmpty() && names.size() != made.size()) {
            throw resolution
                    .problems()
                    .error(
                            "TR-117",
                            names.size() + " names for the " + made.size() + " columns of " + call.function() + "(..)",
                            call,
                            made.size() > 1 ? "LATERAL VIEW " + call.function() + "(..) t AS a, b" : "");
        }
        var output = new ArrayList<>(child.columns());
        for (int i = 0; i < made.size(); i++) {
            Field field = made.get(i);
            String name = names.isEmpty() ? field.name() : names.get(i);
            output.add(new Attribute(name, field.type(), keeps || field.nullable(), qualifier, OptionalLong.empty()));
        }
        return Relation.of(
                new ResolvedPlan.Generate(child.plan(), generator.function(), generator.arguments(), keeps, output));
    }
}
