package org.tailrace.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * Gives an expression its types: names become ordinals of a {@link Scope}, calls become functions of the table, and
 * conversions that Spark makes by itself become casts. Stateless but for its settings; reusable.
 *
 * <p>What can be wrong:
 *
 * <ul>
 *   <li>TR-101 no column of that name
 *   <li>TR-102 a value of the wrong type, such as a text where a timestamp is needed
 *   <li>TR-103 no function of that name
 *   <li>TR-104 a wrong number of arguments, or a lambda where there is none
 *   <li>TR-105 a cast that no value survives
 *   <li>TR-108 a name that several columns have
 *   <li>TR-109 an aggregate, generator, analytic call, subquery or star where none can stand
 *   <li>TR-110 no field of that name in a struct
 * </ul>
 */
public final class Typer {

    /** Types some nodes before the typer does: group keys, aggregates and subqueries that have become columns. */
    @FunctionalInterface
    public interface Replacement {
        Replacement NONE = node -> Optional.empty();

        Optional<Typed> of(Expr node);
    }

    private final FunctionTable functions;
    private final EvalContext context;
    private final Positions positions;

    public Typer(FunctionTable functions, EvalContext context, Positions positions) {
        this.functions = functions;
        this.context = context;
        this.positions = positions;
    }

    public FunctionTable functions() {
        return functions;
    }

    public EvalContext context() {
        return context;
    }

    /** @throws PlanException with a code of the list above */
    public Typed type(Expr expr, Scope scope) {
        return type(expr, scope, Replacement.NONE);
    }

    /** @param replacement asked for each node before it is typed, from the root down */
    public Typed type(Expr expr, Scope scope, Replacement replacement) {
        return new Walk(scope, replacement, null).type(expr);
    }

    /** Types a condition. @param what such as {@code where}: {@code where needs a condition, not double} */
    public Typed condition(Expr expr, Scope scope, Replacement replacement, String what) {
        Typed typed = type(expr, scope, replacement);
        if (typed.type() != DataType.BOOLEAN && typed.type() != DataType.VOID) {
            throw problem("TR-102", what + " needs a condition, not " + typed.type(), expr)
                    .fail("compare it with something, such as \"" + Names.of(expr) + " = ...\"");
        }
        return coerce(typed, DataType.BOOLEAN);
    }

    /** Whether the node is a call of an aggregate function, not an analytic one. */
    public boolean isAggregate(Expr expr) {
        return expr instanceof Expr.Call call && functions.isAggregate(call.function());
    }

    /** Types a call of an aggregate over the input of its operator. */
    public AggregateCall typeAggregate(Expr.Call call, Scope scope) {
        return typeAggregate(call, scope, Replacement.NONE);
    }

    public AggregateCall typeAggregate(Expr.Call call, Scope scope, Replacement replacement) {
        var walk = new Walk(scope, replacement, null);
        if (!(walk.function(call) instanceof AggregateFunction found)) {
            throw problem("TR-109", "'" + call.function() + "' is no aggregate", call)
                    .fail("");
        }
        AggregateFunction function = call.within().isEmpty() ? found : within(found, call);
        List<Typed> arguments = arguments(call).map(walk::type).collect(Collectors.toCollection(ArrayList::new));
        Function.Signature signature = walk.resolve(call, function, arguments);
        Optional<Typed> filter = call.filter().map(condition -> condition(condition, scope, replacement, "filter"));
        return new AggregateCall(
                function,
                coerceAll(arguments, signature.parameters()),
                call.distinct(),
                filter,
                signature.result(),
                signature.nullable());
    }

    /** What a call is given: see {@link AggregateFunction#within}. */
    private static Stream<Expr> arguments(Expr.Call call) {
        return Stream.concat(call.within().stream().map(Expr.Order::expr), call.arguments().stream());
    }

    private AggregateFunction within(AggregateFunction function, Expr.Call call) {
        AggregateFunction ordered = function.within(call.within())
                .orElseThrow(() -> problem(
                                "TR-119",
                                call.function() + "(..) takes no WITHIN GROUP"
                                        + (call.within().size() > 1 ? " of several keys" : ""),
                                call)
                        .fail("percentile_cont, percentile_disc and mode take one key"));
        if (call.distinct()) {
            throw problem("TR-119", call.function() + "(DISTINCT ..) takes no WITHIN GROUP", call)
                    .fail("drop the duplicates in a subquery");
        }
        return ordered;
    }

    /** A generator with its arguments, and what it makes. */
    public record GeneratorCall(GeneratorFunction function, List<Typed> arguments) {}

    public GeneratorCall typeGenerator(Expr.Call call, Scope scope) {
        var walk = new Walk(scope, Replacement.NONE, null);
        if (!(walk.function(call) instanceof GeneratorFunction function)) {
            throw problem("TR-109", "'" + call.function() + "' does not make rows", call)
                    .fail("generators are explode, posexplode, inline and stack");
        }
        List<Typed> arguments =
                call.arguments().stream().map(walk::type).collect(Collectors.toCollection(ArrayList::new));
        Function.Signature signature = walk.resolve(call, function, arguments);
        return new GeneratorCall(function, coerceAll(arguments, signature.parameters()));
    }

    /** Casts implicitly; the caller has made sure that the type fits (see {@link Coercion}). */
    public Typed coerce(Typed typed, DataType type) {
        if (Coercion.same(typed.type(), type)) {
            return typed;
        }
        if (typed instanceof Typed.Lambda lambda) {
            return new Typed.Lambda(lambda.parameters(), coerce(lambda.body(), type));
        }
        if (typed instanceof Typed.Constant constant) {
            if (constant.value() == null) {
                return new Typed.Constant(null, type);
            }
            Optional<Object> value = Casts.constant(constant.value(), constant.type(), type, context);
            if (value.isPresent()) {
                return new Typed.Constant(value.get(), type);
            }
        }
        boolean nullable = typed.nullable() || Casts.nullable(typed.type(), type, false);
        return new Typed.Cast(typed, type, false, nullable);
    }

    private List<Typed> coerceAll(List<Typed> arguments, List<DataType> types) {
        var coerced = new ArrayList<Typed>();
        for (int i = 0; i < arguments.size(); i++) {
            coerced.add(coerce(arguments.get(i), types.get(i)));
        }
        return coerced;
    }

    private final class ProblemAt {
        private final Problem problem;

        ProblemAt(Problem problem) {
            this.problem = problem;
        }

        PlanException fail(String fix) {
            return new PlanException(problem.fix(fix));
        }
    }

    private ProblemAt problem(String code, String what, Expr node) {
        return new ProblemAt(Problem.of(code, what).at(positions.of(node).orElse(null)));
    }

    /** One walk over an expression: its scope, and the parameters of the lambdas around the node. */
    private final class Walk {
        private final Scope scope;
        private final Replacement replacement;
        private final @Nullable Walk outer;
        private List<String> names = List.of();
        private List<LambdaFunction.Parameter> parameters = List.of();

        Walk(Scope scope, Replacement replacement, @Nullable Walk outer) {
            this.scope = scope;
            this.replacement = replacement;
            this.outer = outer;
        }

        Typed type(Expr expr) {
            Optional<Typed> replaced = replacement.of(expr);
            if (replaced.isPresent()) {
                return replaced.get();
            } else if (expr instanceof Expr.Literal literal) {
                return new Typed.Constant(literal.value(), literal.type());
            } else if (expr instanceof Expr.Ref ref) {
                return reference(ref);
            } else if (expr instanceof Expr.Call call) {
                return call(call);
            } else if (expr instanceof Expr.Cast cast) {
                return cast(cast);
            } else if (expr instanceof Expr.Case cases) {
                return cases(cases);
            } else if (expr instanceof Expr.Alias alias) {
                return type(alias.child());
            } else if (expr instanceof Expr.Lambda) {
                throw problem("TR-104", "a lambda only stands as an argument of transform, filter and the like", expr)
                        .fail("");
            } else if (expr instanceof Expr.Star) {
                throw problem("TR-109", "'*' stands for all columns only in a select list and in count(*)", expr)
                        .fail("name the columns");
            } else if (expr instanceof Expr.Over over) {
                throw problem("TR-109", over.call().function() + "(..) over (..) cannot stand here", expr)
                        .fail("compute it in the select list of a subquery first");
            }
            throw problem("TR-109", "a subquery cannot stand here", expr).fail("join with the table instead");
        }

        private Typed reference(Expr.Ref ref) {
            List<String> parts = ref.parts();
            int depth = 0;
            for (Walk level = this; level != null; level = level.outer) {
                for (int i = 0; i < level.names.size(); i++) {
                    if (level.names.get(i).equalsIgnoreCase(parts.get(0))) {
                        var parameter = level.parameters.get(i);
                        return fields(new Typed.Parameter(depth, i, parameter.type(), parameter.nullable()), ref, 1);
                    }
                }
                depth += level.names.isEmpty() ? 0 : 1;
            }
            List<Scope.Column> found = scope.find(parts);
            if (found.isEmpty()) {
                throw noColumn(ref);
            }
            if (found.size() > 1) {
                throw problem("TR-108", "'" + String.join(".", parts) + "' can mean several columns", ref)
                        .fail("write one of "
                                + found.stream().map(Scope.Column::label).collect(Collectors.joining(", ")));
            }
            Scope.Column column = found.get(0);
            return fields(new Typed.Input(column.ordinal(), column.type(), column.nullable()), ref, column.consumed());
        }

        private Typed fields(Typed base, Expr.Ref ref, int from) {
            Typed value = base;
            for (int i = from; i < ref.parts().size(); i++) {
                value = field(value, ref.parts().get(i), ref);
            }
            return value;
        }

        private Typed field(Typed value, String name, Expr node) {
            List<Typed> arguments = List.of(value, new Typed.Constant(name, DataType.STRING));
            if (value.type() instanceof DataType.Struct struct
                    && struct.fields().indexOf(name) < 0) {
                throw new PlanException(Problem.of("TR-110", "no field '" + name + "' in the struct")
                        .at(positions.of(node).orElse(null))
                        .have(struct.fields().toString())
                        .fix(Nearest.question(name, struct.fields().names())));
            }
            var function = (ScalarFunction) functions.find(".").orElseThrow();
            try {
                Function.Signature signature = function.resolve(arguments, context);
                return new Typed.Apply(function, arguments, signature.result(), signature.nullable());
            } catch (Function.TypeMismatch e) {
                throw problem("TR-110", "no field '" + name + "' in a value of type " + value.type(), node)
                        .fail("");
            }
        }

        private PlanException noColumn(Expr.Ref ref) {
            List<Field> fields = scope.fields();
            String name = String.join(".", ref.parts());
            List<String> known = fields.stream().map(Field::name).collect(Collectors.toCollection(ArrayList::new));
            outerNames().forEach(known::add);
            String last = ref.parts().get(ref.parts().size() - 1);
            String fix = Nearest.question(name, known);
            return new PlanException(Problem.of("TR-101", "no column '" + name + "'")
                    .at(positions.of(ref).orElse(null))
                    .have(fields.stream().map(Field::toString).collect(Collectors.joining(", ")))
                    .fix(fix.isEmpty() ? Nearest.question(last, known) : fix));
        }

        private List<String> outerNames() {
            var all = new ArrayList<String>();
            for (Walk level = this; level != null; level = level.outer) {
                all.addAll(level.names);
            }
            return all;
        }

        Function function(Expr.Call call) {
            return functions.find(call.function()).orElseThrow(() -> {
                List<String> near = functions.nearest(call.function());
                return problem("TR-103", "no function '" + call.function() + "'", call)
                        .fail(
                                near.isEmpty()
                                        ? ""
                                        : "did you mean "
                                                + near.stream()
                                                        .map(n -> "'" + n + "'")
                                                        .collect(Collectors.joining(" or "))
                                                + "?");
            });
        }

        private Typed call(Expr.Call call) {
            Function function = function(call);
            if (function instanceof AggregateFunction) {
                throw problem("TR-109", "the aggregate " + call.function() + "(..) cannot stand here", call)
                        .fail("aggregates stand in agg(..), in a select list or in HAVING, and not inside each other");
            }
            if (!(function instanceof ScalarFunction scalar)) {
                throw problem("TR-109", call.function() + "(..) makes rows and cannot stand inside an expression", call)
                        .fail("use it alone in a select list, or with LATERAL VIEW");
            }
            if (call.distinct() || call.filter().isPresent() || !call.within().isEmpty()) {
                throw problem(
                                "TR-109",
                                "DISTINCT, FILTER and WITHIN GROUP are for aggregates; " + call.function() + " is none",
                                call)
                        .fail("");
            }
            if (call.function().equals(".")
                    && call.arguments().size() == 2
                    && call.arguments().get(1) instanceof Expr.Literal name
                    && name.value() instanceof String text) {
                return field(type(call.arguments().get(0)), text, call);
            }
            var arguments = new ArrayList<Typed>();
            for (Expr argument : call.arguments()) {
                arguments.add(
                        argument instanceof Expr.Lambda lambda
                                ? lambda(call, scalar, arguments, lambda)
                                : type(argument));
            }
            Function.Signature signature = resolve(call, scalar, arguments);
            List<Typed> coerced = coerceAll(arguments, signature.parameters());
            return scalar instanceof Rewriting rewriting
                    ? rewriting.rewrite(coerced, signature.result(), signature.nullable())
                    : new Typed.Apply(scalar, coerced, signature.result(), signature.nullable());
        }

        private Typed lambda(Expr.Call call, ScalarFunction function, List<Typed> before, Expr.Lambda lambda) {
            if (!(function instanceof LambdaFunction higher)) {
                throw problem("TR-104", call.function() + " takes no lambda", lambda)
                        .fail(function.signature());
            }
            try {
                var inner = new Walk(scope, replacement, this);
                inner.names = lambda.parameters();
                inner.parameters =
                        higher.lambda(before, before.size(), lambda.parameters().size());
                return new Typed.Lambda(lambda.parameters().size(), inner.type(lambda.body()));
            } catch (Function.TypeMismatch e) {
                throw mismatch(call, function, e);
            }
        }

        Function.Signature resolve(Expr.Call call, Function function, List<Typed> arguments) {
            try {
                return function.resolve(arguments, context);
            } catch (Function.TypeMismatch e) {
                throw mismatch(call, function, e);
            }
        }

        private PlanException mismatch(Expr.Call call, Function function, Function.TypeMismatch e) {
            List<Expr> written = arguments(call).toList();
            Expr node = e.argument() >= 0
                            && e.argument() < written.size()
                            && positions.of(written.get(e.argument())).isPresent()
                    ? written.get(e.argument())
                    : call;
            String name = call.function().toLowerCase(Locale.ROOT);
            return problem(e.isWrongNumber() ? "TR-104" : "TR-102", "'" + name + "' " + e.getMessage(), node)
                    .fail(function.signature());
        }

        private Typed cast(Expr.Cast cast) {
            Typed child = type(cast.child());
            if (!Casts.allowed(child.type(), cast.type(), context.ansi() || cast.attempt())) {
                throw problem("TR-105", "no cast from " + child.type() + " to " + cast.type(), cast)
                        .fail(Casts.advice(child.type(), cast.type()));
            }
            if (child instanceof Typed.Constant constant && constant.value() == null) {
                return new Typed.Constant(null, cast.type());
            }
            if (Coercion.same(child.type(), cast.type())) {
                return child;
            }
            boolean nullable = child.nullable() || Casts.nullable(child.type(), cast.type(), cast.attempt());
            return new Typed.Cast(child, cast.type(), cast.attempt(), nullable);
        }

        private Typed cases(Expr.Case cases) {
            var conditions = new ArrayList<Typed>();
            var values = new ArrayList<Typed>();
            DataType type = DataType.VOID;
            for (Expr.Case.When branch : cases.branches()) {
                Typed condition = type(branch.condition());
                if (condition.type() != DataType.BOOLEAN && condition.type() != DataType.VOID) {
                    throw problem("TR-102", "CASE WHEN needs a condition, not " + condition.type(), branch.condition())
                            .fail("");
                }
                conditions.add(coerce(condition, DataType.BOOLEAN));
                values.add(type(branch.value()));
                type = widen(type, values.get(values.size() - 1), branch.value());
            }
            Optional<Typed> otherwise = cases.otherwise().map(this::type);
            if (otherwise.isPresent()) {
                type = widen(type, otherwise.get(), cases.otherwise().get());
            }
            boolean nullable = otherwise.map(Typed::nullable).orElse(true);
            var branches = new ArrayList<Typed.Case.When>();
            for (int i = 0; i < values.size(); i++) {
                Typed value = coerce(values.get(i), type);
                nullable |= value.nullable();
                branches.add(new Typed.Case.When(conditions.get(i), value));
            }
            DataType whole = type;
            return new Typed.Case(branches, otherwise.map(value -> coerce(value, whole)), type, nullable);
        }

        private DataType widen(DataType type, Typed value, Expr node) {
            return Coercion.common(type, value.type(), context.ansi())
                    .orElseThrow(() -> problem(
                                    "TR-102",
                                    "the values of CASE need one type, not " + type + " and " + value.type(),
                                    node)
                            .fail("cast one of them"));
        }
    }
}
