package org.tailrace.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.DataException;

/**
 * Compiles typed expressions into evaluators: one object per node, each with its own result vector. There is no code
 * generation; the loops are in the kernels of the functions.
 *
 * <p>Inside a lambda, the rows are the elements; the batch that its body sees has the columns of the outer rows,
 * repeated per element, and after them one column per parameter of each lambda around the node, outermost first.
 */
public final class Evaluators {
    private final EvalContext context;
    /** Where the parameters of each enclosing lambda start among the columns, outermost first. */
    private final List<Integer> bases;

    private final int columns;

    private Evaluators(EvalContext context, List<Integer> bases, int columns) {
        this.context = context;
        this.bases = bases;
        this.columns = columns;
    }

    /** Compiles for one thread. The columns of the batches given later are those that the expression was typed over. */
    public static Evaluator compile(Typed expr, EvalContext context) {
        return new Evaluators(context, List.of(), Traits.inputs(expr).length()).make(expr);
    }

    private Evaluator make(Typed expr) {
        if (expr instanceof Typed.Constant constant) {
            return new ConstantEvaluator(constant.value(), constant.type());
        } else if (expr instanceof Typed.Input input) {
            int ordinal = input.ordinal();
            return rows -> rows.columns[ordinal];
        } else if (expr instanceof Typed.Parameter parameter) {
            int column = bases.get(bases.size() - 1 - parameter.depth()) + parameter.index();
            return rows -> rows.columns[column];
        } else if (Traits.constant(expr) && Traits.deterministic(expr)) {
            Evaluator folded = fold(expr);
            if (folded != null) {
                return folded;
            }
        }
        if (expr instanceof Typed.Case cases) {
            return cases(cases);
        } else if (expr instanceof Typed.Cast cast) {
            return call(
                    List.of(cast.child()),
                    Casts.kernel(cast.child().type(), cast.type(), context, cast.attempt()),
                    cast.type(),
                    true);
        } else if (expr instanceof Typed.Apply apply) {
            return apply(apply);
        }
        throw new IllegalStateException("a lambda outside a call");
    }

    /** The value of an expression over no columns, computed once; null if it fails, which is for its rows to do. */
    private @Nullable Evaluator fold(Typed expr) {
        Evaluator once = raw(expr);
        var row = new VectorBatch();
        row.size = 1;
        try {
            return new ConstantEvaluator(once.evaluate(row).get(0), expr.type());
        } catch (DataException e) {
            return null;
        }
    }

    private Evaluator raw(Typed expr) {
        if (expr instanceof Typed.Case cases) {
            return cases(cases);
        } else if (expr instanceof Typed.Cast cast) {
            return call(
                    List.of(cast.child()),
                    Casts.kernel(cast.child().type(), cast.type(), context, cast.attempt()),
                    cast.type(),
                    true);
        }
        return apply((Typed.Apply) expr);
    }

    private Evaluator cases(Typed.Case cases) {
        var conditions = new ArrayList<Evaluator>();
        var values = new ArrayList<Evaluator>();
        boolean dear = false;
        for (Typed.Case.When branch : cases.branches()) {
            conditions.add(make(branch.condition()));
            values.add(make(branch.value()));
            dear |= Traits.dear(branch.condition(), context) || Traits.dear(branch.value(), context);
        }
        cases.otherwise().ifPresent(otherwise -> values.add(make(otherwise)));
        dear |= cases.otherwise().map(e -> Traits.dear(e, context)).orElse(false);
        return new CaseEvaluator(
                conditions.toArray(Evaluator[]::new),
                values.toArray(Evaluator[]::new),
                dear,
                needed(cases),
                cases.type());
    }

    /** The columns, parameters included, that the node reads. */
    private int[] needed(Typed expr) {
        return needed(expr, columns, bases).stream().toArray();
    }

    private static java.util.BitSet needed(Typed expr, int columns, List<Integer> bases) {
        var needed = new java.util.BitSet();
        collect(expr, 0, bases, needed);
        return needed;
    }

    private static void collect(Typed expr, int depth, List<Integer> bases, java.util.BitSet needed) {
        if (expr instanceof Typed.Input input) {
            needed.set(input.ordinal());
        } else if (expr instanceof Typed.Parameter parameter && parameter.depth() >= depth) {
            needed.set(bases.get(bases.size() - 1 - (parameter.depth() - depth)) + parameter.index());
        }
        int below = expr instanceof Typed.Lambda ? depth + 1 : depth;
        Traits.children(expr).forEach(child -> collect(child, below, bases, needed));
    }

    private Evaluator apply(Typed.Apply apply) {
        ScalarFunction function = apply.function();
        if (function instanceof LambdaFunction higher
                && apply.arguments().stream().anyMatch(Typed.Lambda.class::isInstance)) {
            return higher(higher, apply);
        }
        ScalarFunction.Kernel kernel = function.bind(apply.arguments(), apply.type(), context);
        if (function instanceof ShortCircuit shortcut) {
            return shortCircuit(shortcut, apply, kernel);
        } else if (function.nullIfAnyIsNull()) {
            if (apply.arguments().stream().anyMatch(this::isNull)) {
                return new ConstantEvaluator(null, apply.type());
            }
            int[] order = order(apply);
            if (canFailLate(apply.arguments(), order)) {
                Evaluator[] evaluators =
                        apply.arguments().stream().map(this::make).toArray(Evaluator[]::new);
                return new NullFirstEvaluator(evaluators, order, needed(apply), kernel, apply);
            }
        }
        return call(apply.arguments(), kernel, apply.type(), function.deterministic());
    }

    private boolean isNull(Typed expr) {
        return Traits.constant(expr)
                && Traits.deterministic(expr)
                && make(expr) instanceof ConstantEvaluator constant
                && constant.isNull();
    }

    private static int[] order(Typed.Apply apply) {
        return apply.function().secondFirst() && apply.arguments().size() == 2
                ? new int[] {1, 0}
                : IntStream.range(0, apply.arguments().size()).toArray();
    }

    /** Whether an argument can fail on a row for which one before it is NULL. */
    private boolean canFailLate(List<Typed> arguments, int[] order) {
        boolean nullable = false;
        for (int i : order) {
            if (nullable && Traits.canFail(arguments.get(i), context) && Traits.deterministic(arguments.get(i))) {
                return true;
            }
            nullable |= arguments.get(i).nullable();
        }
        return false;
    }

    private Evaluator call(List<Typed> arguments, ScalarFunction.Kernel kernel, DataType type, boolean deterministic) {
        Evaluator[] evaluators = arguments.stream().map(this::make).toArray(Evaluator[]::new);
        int varying = -1;
        int texts = 0;
        for (int i = 0; i < evaluators.length; i++) {
            if (!(evaluators[i] instanceof ConstantEvaluator)) {
                texts += arguments.get(i).type() == DataType.STRING ? 1 : 2;
                varying = i;
            }
        }
        return deterministic && texts == 1
                ? new DictionaryEvaluator(evaluators, varying, kernel, type)
                : new CallEvaluator(evaluators, kernel, type);
    }

    private Evaluator shortCircuit(ShortCircuit function, Typed.Apply apply, ScalarFunction.Kernel kernel) {
        List<Typed> arguments = apply.arguments();
        var dear = new boolean[arguments.size()];
        boolean any = false;
        for (int i = 1; i < dear.length; i++) {
            dear[i] = Traits.dear(arguments.get(i), context);
            any |= dear[i];
        }
        Evaluator[] evaluators = arguments.stream().map(this::make).toArray(Evaluator[]::new);
        return any
                ? new ShortCircuitEvaluator(evaluators, dear, needed(apply), function, kernel, apply)
                : new CallEvaluator(evaluators, kernel, apply.type());
    }

    private Evaluator higher(LambdaFunction function, Typed.Apply apply) {
        var plain = new ArrayList<Evaluator>();
        var bodies = new ArrayList<LambdaBody>();
        for (Typed argument : apply.arguments()) {
            if (argument instanceof Typed.Lambda lambda) {
                int base = bases.isEmpty() ? columns : bases.get(bases.size() - 1) + LambdaBody.MOST_PARAMETERS;
                var inner = new ArrayList<>(bases);
                inner.add(base);
                var compiler = new Evaluators(context, inner, columns);
                int[] outer = needed(lambda);
                bodies.add(new LambdaBody(compiler.make(lambda.body()), outer, base));
            } else {
                plain.add(make(argument));
            }
        }
        return new HigherEvaluator(
                plain.toArray(Evaluator[]::new),
                bodies.toArray(LambdaBody[]::new),
                function.bindLambda(apply.arguments(), apply.type(), context),
                apply.type());
    }

    /** Evaluates the arguments, then the kernel. */
    private static final class CallEvaluator implements Evaluator {
        private final Evaluator[] evaluators;
        private final ScalarFunction.Kernel kernel;
        private final Vector[] arguments;
        private final Vector result;

        CallEvaluator(Evaluator[] evaluators, ScalarFunction.Kernel kernel, DataType type) {
            this.evaluators = evaluators;
            this.kernel = kernel;
            arguments = new Vector[evaluators.length];
            result = Vector.create(type);
        }

        @Override
        public Vector evaluate(VectorBatch rows) {
            for (int i = 0; i < evaluators.length; i++) {
                arguments[i] = evaluators[i].evaluate(rows);
            }
            kernel.evaluate(arguments, rows.size, result);
            return result;
        }
    }

    /** Evaluates the arguments that are no lambdas, then the kernel, which calls the bodies. */
    private static final class HigherEvaluator implements Evaluator {
        private final Evaluator[] evaluators;
        private final LambdaBody[] bodies;
        private final LambdaFunction.LambdaKernel kernel;
        private final Vector[] arguments;
        private final Vector result;

        HigherEvaluator(
                Evaluator[] evaluators, LambdaBody[] bodies, LambdaFunction.LambdaKernel kernel, DataType type) {
            this.evaluators = evaluators;
            this.bodies = bodies;
            this.kernel = kernel;
            arguments = new Vector[evaluators.length];
            result = Vector.create(type);
        }

        @Override
        public Vector evaluate(VectorBatch rows) {
            for (int i = 0; i < evaluators.length; i++) {
                arguments[i] = evaluators[i].evaluate(rows);
            }
            for (LambdaBody body : bodies) {
                body.rows = rows;
            }
            kernel.evaluate(arguments, bodies, rows.size, result);
            return result;
        }
    }
}
