package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/** An aggregate: a signature and a maker of accumulators. */
final class AggregateOf extends Described implements AggregateFunction {

    interface Maker {
        Accumulator create(List<Typed> arguments, DataType result, EvalContext context);
    }

    private final Shape shape;
    private final Maker maker;
    /** The first argument that must be a constant and not NULL. */
    private final int constantFrom;

    /** @param signature see {@link Shape} */
    AggregateOf(String names, String signature, String doc, String example, Maker maker) {
        this(names, signature, doc, example, maker, Integer.MAX_VALUE);
    }

    /** @param constantFrom the first argument that must be a constant and not NULL */
    AggregateOf(String names, String signature, String doc, String example, Maker maker, int constantFrom) {
        super(names, signature, doc, example);
        shape = new Shape(signature);
        this.maker = maker;
        this.constantFrom = constantFrom;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature signature = shape.resolve(arguments, context);
        for (int i = constantFrom; i < arguments.size(); i++) {
            if (!(arguments.get(i) instanceof Typed.Constant constant) || constant.value() == null) {
                throw new TypeMismatch("needs a constant", i);
            }
        }
        return signature;
    }

    @Override
    public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
        return maker.create(arguments, result, context);
    }
}
