package org.tailrace.expr.builtin;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code rand}, {@code randn} and {@code uuid}, from the seed of the batch, so that a batch run again gives the same. */
final class RandomFunction extends Described implements ScalarFunction {
    static final List<RandomFunction> ALL = List.of(
            new RandomFunction("rand random", "rand([seed])", "A random number from 0 to below 1.", "rand(0) < 1"),
            new RandomFunction(
                    "randn", "randn([seed])", "A random number of the standard normal distribution.", "randn(0) < 100"),
            new RandomFunction("uuid", "uuid()", "A random identity.", "length(uuid())"));

    private RandomFunction(String names, String signature, String doc, String example) {
        super(names, signature, doc, example);
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        int most = name().equals("uuid") ? 0 : 1;
        if (arguments.size() > most) {
            throw TypeMismatch.wrongNumber(most == 0 ? "no arguments" : "at most 1 argument", arguments.size());
        }
        return new Signature(
                arguments.stream().map(a -> DataType.BIGINT).toList(),
                most == 0 ? DataType.STRING : DataType.DOUBLE,
                false);
    }

    @Override
    public boolean deterministic() {
        return false;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        var batchDice = new BatchDice(context, arguments, 0);
        return new Kernel() {

            @Override
            public void evaluate(Vector[] vectors, int count, Vector out) {
                SplittableRandom dice = batchDice.ofThisBatch();
                out.prepare(count);
                for (int row = 0; row < count; row++) {
                    if (out instanceof BytesVector text) {
                        text.set(row, identity(dice).toString());
                    } else {
                        ((DoubleVector) out).values[row] = name().equals("rand") ? dice.nextDouble() : normal(dice);
                    }
                }
            }
        };
    }

    private static double normal(SplittableRandom dice) {
        double size = Math.sqrt(-2 * StrictMath.log(1 - dice.nextDouble()));
        return size * StrictMath.cos(2 * Math.PI * dice.nextDouble());
    }

    private static UUID identity(SplittableRandom dice) {
        long high = dice.nextLong() & ~0xF000L | 0x4000L;
        long low = dice.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
