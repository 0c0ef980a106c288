package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** A function that is NULL if any argument is, and else a step per row. */
final class Strict extends Described implements ScalarFunction {

    /** Computes one row, none of whose arguments is NULL. May set it to NULL. */
    interface Step {
        void apply(Vector[] arguments, int row, Vector out);
    }

    /** Makes the step of a call, with whatever it keeps between rows. */
    interface Binder {
        Step bind(List<Typed> arguments, DataType result, EvalContext context);
    }

    /** Makes the loop of a call, where that can be better than a step per row. */
    interface Looper {
        Kernel bind(List<Typed> arguments, DataType result, EvalContext context);
    }

    private final Shape shape;
    private final Looper looper;
    private final boolean canFail;
    /** The first argument that is not cast. */
    private final int uncast;

    private final boolean readsText;
    /** Whether out of ANSI mode it is NULL where it fails in it. */
    private final boolean nullUnlessAnsi;

    private Strict(
            String names, String signature, String doc, String example, boolean canFail, int uncast, Looper looper) {
        this(names, signature, doc, example, canFail, uncast, false, false, looper);
    }

    private Strict(
            String names,
            String signature,
            String doc,
            String example,
            boolean canFail,
            int uncast,
            boolean readsText,
            boolean nullUnlessAnsi,
            Looper looper) {
        super(names, signature, doc, example);
        this.shape = new Shape(signature);
        this.looper = looper;
        this.canFail = canFail;
        this.uncast = uncast;
        this.readsText = readsText;
        this.nullUnlessAnsi = nullUnlessAnsi;
    }

    /** @param signature see {@link Shape} */
    static Strict of(String names, String signature, String doc, String example, Step step) {
        return bound(names, signature, doc, example, (arguments, result, context) -> step);
    }

    static Strict bound(String names, String signature, String doc, String example, Binder binder) {
        return new Strict(names, signature, doc, example, false, Integer.MAX_VALUE, steps(binder));
    }

    static Strict looping(String names, String signature, String doc, String example, Looper looper) {
        return new Strict(names, signature, doc, example, false, Integer.MAX_VALUE, looper);
    }

    private static Looper steps(Binder binder) {
        return (arguments, result, context) -> kernel(binder.bind(arguments, result, context));
    }

    /** Of a function that can throw. */
    static Strict failing(String names, String signature, String doc, String example, Binder binder) {
        return new Strict(names, signature, doc, example, true, Integer.MAX_VALUE, steps(binder));
    }

    /** The same, but it casts no argument from this one on: as in Spark, where some functions do not. */
    Strict asWritten(int from) {
        return new Strict(String.join(" ", names()), signature(), doc(), example(), canFail, from, looper);
    }

    /** The same, but its result is NULL only for a text that it cannot read, and as a cast's is: never for a time. */
    Strict readingText() {
        return new Strict(
                String.join(" ", names()),
                signature(),
                doc(),
                example(),
                canFail,
                uncast,
                true,
                nullUnlessAnsi,
                looper);
    }

    /** The same, but its result can be NULL out of ANSI mode. */
    Strict nullUnlessAnsi() {
        return new Strict(
                String.join(" ", names()), signature(), doc(), example(), canFail, uncast, readsText, true, looper);
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature signature = shape.resolve(arguments, context);
        if (readsText && arguments.size() == 1) {
            DataType given = arguments.get(0).type();
            boolean nullable = given == DataType.STRING || arguments.get(0).nullable();
            signature = new Signature(signature.parameters(), signature.result(), nullable);
        }
        for (int i = uncast; i < arguments.size(); i++) {
            DataType given = arguments.get(i).type();
            DataType wanted = signature.parameters().get(i);
            boolean widens = given.isIntegral() && wanted == DataType.BIGINT;
            if (given != DataType.VOID && !widens && !Coercion.same(given, wanted)) {
                throw new TypeMismatch("needs " + wanted + " and nothing cast to it, not " + given, i);
            }
        }
        return nullUnlessAnsi && !context.ansi()
                ? new Signature(signature.parameters(), signature.result(), true)
                : signature;
    }

    @Override
    public boolean canFail() {
        return canFail;
    }

    @Override
    public boolean nullIfAnyIsNull() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return looper.bind(arguments, result, context);
    }

    static Kernel kernel(Step step) {
        return (arguments, count, out) -> {
            out.prepare(count);
            for (Vector argument : arguments) {
                out.andValidity(argument);
            }
            for (int row = 0; row < count; row++) {
                if (!out.isNull(row)) {
                    step.apply(arguments, row, out);
                }
            }
        };
    }
}
