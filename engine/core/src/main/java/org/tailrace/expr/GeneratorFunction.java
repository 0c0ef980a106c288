package org.tailrace.expr;

import java.util.List;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;

/** A function from one row to any number of rows, such as {@code explode}. */
public interface GeneratorFunction extends Function {

    /** Default names and types of the columns that it makes. */
    Schema outputs(List<Typed> arguments, EvalContext context);

    /**
     * Appends the generated rows of each input row to {@code outputs} and, for each of them, the input row's number to
     * {@code parents}, an owned vector of ints. With {@code outer}, a row that generates nothing gives one of NULLs.
     */
    void generate(Vector[] arguments, int count, boolean outer, org.tailrace.data.IntVector parents, Vector[] outputs);
}
