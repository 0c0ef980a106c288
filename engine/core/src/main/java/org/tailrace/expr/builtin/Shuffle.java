package org.tailrace.expr.builtin;

import java.util.List;
import java.util.SplittableRandom;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code shuffle}, from the seed of the batch, so that a batch run again gives the same. */
final class Shuffle extends Described implements ScalarFunction {
    private static final Shape SHAPE = new Shape("shuffle(xs array<T>[, seed bigint]) -> array<T>");

    Shuffle() {
        super(
                "shuffle",
                "shuffle(xs array<T>[, seed bigint]) -> array<T>",
                "The elements in a random order.",
                "size(shuffle(array(1, 20, 3, 5)))");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature signature = SHAPE.resolve(arguments, context);
        if (arguments.size() > 1 && !(arguments.get(1) instanceof Typed.Constant)) {
            throw new TypeMismatch("needs a constant seed", 1);
        }
        return signature;
    }

    @Override
    public boolean deterministic() {
        return false;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        var batchDice = new BatchDice(context, arguments, 1);
        return new Kernel() {
            private int[] order = new int[0];

            @Override
            public void evaluate(Vector[] vectors, int count, Vector out) {
                SplittableRandom dice = batchDice.ofThisBatch();
                var xs = (ArrayVector) vectors[0];
                var array = (ArrayVector) out;
                array.prepare(count);
                array.andValidity(xs);
                for (int row = 0; row < count; row++) {
                    int start = array.elements.size;
                    if (!xs.isNull(row)) {
                        shuffled(xs.start(row), xs.end(row), dice);
                        for (int k = 0; k < xs.end(row) - xs.start(row); k++) {
                            array.elements.append(xs.elements, order[k]);
                        }
                    }
                    array.set(row, start, array.elements.size);
                }
            }

            /** Fisher and Yates, from the inside out. */
            private void shuffled(int from, int to, SplittableRandom dice) {
                if (order.length < to - from) {
                    order = new int[to - from];
                }
                for (int k = 0; k < to - from; k++) {
                    int other = dice.nextInt(k + 1);
                    order[k] = order[other];
                    order[other] = from + k;
                }
            }
        };
    }
}
