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

    /** @param signature see {@link Shape} */
    AggregateOf(String names, String signature, String doc, String example, Maker maker) {
        super(names, signature, doc, example);
        shape = new Shape(signature);
        this.maker = maker;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        return shape.resolve(arguments, context);
    }

    @Override
    public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
        return maker.create(arguments, result, context);
    }
}
