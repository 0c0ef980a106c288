package org.tailrace.expr;

import java.util.List;
import org.tailrace.data.DataType;

/** A function from many rows to one value. */
public interface AggregateFunction extends Function {

    /** An empty accumulator for arguments of exactly these types. */
    Accumulator create(List<Typed> arguments, DataType result, EvalContext context);
}
