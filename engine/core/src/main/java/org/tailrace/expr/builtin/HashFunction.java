package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code hash} and {@code xxhash64}: of any values, NULLs passed over, the hash of one the seed of the next. */
final class HashFunction extends Described implements ScalarFunction {
    private final DataType type;

    HashFunction(String name, String type, String doc, String example) {
        super(name, name + "(value, ..)", doc, example);
        this.type = DdlParser.type(type);
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.isEmpty()) {
            throw TypeMismatch.wrongNumber("at least 1 argument", 0);
        }
        return new Signature(arguments.stream().map(Typed::type).toList(), type, false);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            out.prepare(count);
            for (int row = 0; row < count; row++) {
                if (out instanceof LongVector longs) {
                    long hash = 42;
                    for (Vector vector : vectors) {
                        hash = XxHash.of(vector, row, hash);
                    }
                    longs.values[row] = hash;
                } else {
                    int hash = 42;
                    for (Vector vector : vectors) {
                        hash = Murmur.of(vector, row, hash);
                    }
                    ((IntVector) out).values[row] = hash;
                }
            }
        };
    }
}
