package org.tailrace.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** What is computed once for several places; null if nothing is to be. */
    private final SharedEvaluator.@Nullable Unit unit;

    private Evaluators(EvalContext context, List<Integer> bases, int columns, SharedEvaluator.@Nullable Unit unit) {
        this.context = context;
        this.bases = bases;
        this.columns = columns;
        this.unit = unit;
    }

    /** Compiles for one thread. The columns of the batches given later are those that the expression was typed over. */
    public static Evaluator compile(Typed expr, EvalContext context) {
        var unit = new SharedEvaluator.Unit(expr);
        int columns = Traits.inputs(expr).length();
        return unit.whole(new Evaluators(context, List.of(), columns, unit).make(expr));
    }

    private Evaluator make(Typed expr) {
        if (expr instanceof Typed.Constant constant) {
            return new ConstantEvaluator(constant.value(), constant.type(), context);
        } else if (expr instanceof Typed.Input input) {
            int ordinal = input.ordinal();
            return rows -> rows.columns[ordinal];
        } else if (expr instanceof Typed.Parameter parameter) {
            int column = column(parameter, 0);
            return rows -> rows.columns[column];
        } else if (Traits.constant(expr) && Traits.deterministic(expr)) {
            Evaluator folded = fold(expr);
            if (folded != null) {
                return folded;
            }
        }
        int text = onlyText(expr);
        if (text >= 0) {
            Evaluator rows = new Evaluators(context, bases, columns, null).node(expr);
            return new DictionaryEvaluator(rows, expr, text, context);
        }
        if (unit != null && unit.shares(expr)) {
            return unit.place(expr, () -> new Evaluators(context, bases, columns, null).node(expr));
        }
        return node(expr);
    }

    /** The column that an expression over one column of text reads; −1 if it is none. */
    private int onlyText(Typed expr) {
        var texts = new java.util.BitSet();
        var others = new java.util.BitSet();
        collect(expr, 0, texts, others);
        return others.isEmpty() && texts.cardinality() == 1 && Traits.deterministic(expr) ? texts.nextSetBit(0) : -1;
    }

    /** The value of an expression over no columns, computed once; null if it fails, which is for its rows to do. */
    private @Nullable Evaluator fold(Typed expr) {
        Evaluator once = node(expr);
        var row = new VectorBatch();
        row.size = 1;
        try {
            return new ConstantEvaluator(once.evaluate(row).get(0), expr.type(), context);
        } catch (DataException e) {
            return null;
        }
    }

    private Evaluator node(Typed expr) {
        if (expr instanceof Typed.Case cases) {
            return cases(cases);
        } else if (expr instanceof Typed.Cast cast) {
            return call(
                    List.of(cast.child()),
                    Casts.kernel(cast.child().type(), cast.type(), context, cast.attempt()),
                    cast.type());
        } else if (expr instanceof Typed.Apply apply) {
            return apply(apply);
        }
        throw new IllegalStateException("a lambda outside a call");
    }

    private Evaluator cases(Typed.Case cases) {
        var conditions = new ArrayList<Part>();
        var values = new ArrayList<Part>();
        var numbers = new ArrayList<Typed.Case.When>();
        for (Typed.Case.When branch : cases.branches()) {
            numbers.add(new Typed.Case.When(branch.condition(), new Typed.Constant(numbers.size(), DataType.INT)));
            conditions.add(part(branch.condition()));
            values.add(part(branch.value()));
        }
        int otherwise = cases.otherwise().isPresent() ? numbers.size() : -1;
        cases.otherwise().ifPresent(value -> values.add(part(value)));
        Typed number =
                new Typed.Case(numbers, Optional.of(new Typed.Constant(otherwise, DataType.INT)), DataType.INT, false);
        return new CaseEvaluator(
                conditions.toArray(Part[]::new),
                values.toArray(Part[]::new),
                onlyText(number) >= 0 && onlyText(cases) < 0 ? make(number) : null,
                cases,
                context);
    }

    private Part part(Typed expr) {
        return new Part(make(expr), expr, context, needed(expr));
    }

    /** The columns, parameters included, that the node reads. */
    private int[] needed(Typed expr) {
        var needed = new java.util.BitSet();
        collect(expr, 0, needed, needed);
        return needed.stream().toArray();
    }

    /** @param depth how many lambdas are between the expression and the one that the columns are of */
    private void collect(Typed expr, int depth, java.util.BitSet texts, java.util.BitSet others) {
        if (expr instanceof Typed.Input input) {
            (input.type() == DataType.STRING ? texts : others).set(input.ordinal());
        } else if (expr instanceof Typed.Parameter parameter && parameter.depth() >= depth) {
            (parameter.type() == DataType.STRING ? texts : others).set(column(parameter, depth));
        }
        int below = expr instanceof Typed.Lambda ? depth + 1 : depth;
        Traits.children(expr).forEach(child -> collect(child, below, texts, others));
    }

    private int column(Typed.Parameter parameter, int depth) {
        return bases.get(bases.size() - 1 - (parameter.depth() - depth)) + parameter.index();
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
                return new ConstantEvaluator(null, apply.type(), context);
            }
            int[] order = order(apply);
            if (canFailLate(apply.arguments(), order)) {
                Evaluator[] evaluators =
                        apply.arguments().stream().map(this::make).toArray(Evaluator[]::new);
                return new NullFirstEvaluator(evaluators, order, needed(apply), kernel, apply);
            }
        }
        return call(apply.arguments(), kernel, apply.type());
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

    private Evaluator call(List<Typed> arguments, ScalarFunction.Kernel kernel, DataType type) {
        return new CallEvaluator(arguments.stream().map(this::make).toArray(Evaluator[]::new), kernel, type);
    }

    private Evaluator shortCircuit(ShortCircuit function, Typed.Apply apply, ScalarFunction.Kernel kernel) {
        List<Typed> arguments = apply.arguments();
        List<Typed> later = arguments.subList(1, arguments.size());
        if (later.stream().noneMatch(a -> Traits.heavy(a) || Traits.canFail(a, context))) {
            return call(arguments, kernel, apply.type());
        }
        Part[] parts = later.stream().map(this::part).toArray(Part[]::new);
        return new ShortCircuitEvaluator(make(arguments.get(0)), parts, function, kernel, apply);
    }

    private Evaluator higher(LambdaFunction function, Typed.Apply apply) {
        var plain = new ArrayList<Evaluator>();
        var bodies = new ArrayList<LambdaBody>();
        for (Typed argument : apply.arguments()) {
            if (argument instanceof Typed.Lambda lambda) {
                int base = bases.isEmpty() ? columns : bases.get(bases.size() - 1) + LambdaBody.MOST_PARAMETERS;
                var inner = new ArrayList<>(bases);
                inner.add(base);
                var compiler = new Evaluators(context, inner, columns, null);
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
