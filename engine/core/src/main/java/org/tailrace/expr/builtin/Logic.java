package org.tailrace.expr.builtin;

import java.util.Collections;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ShortCircuit;
import org.tailrace.expr.Typed;

/** {@code and} and {@code or} of three-valued logic. */
final class Logic extends Described implements ShortCircuit {
    static final Logic AND =
            new Logic("and", "Whether both hold; NULL where that is unknown.", "1 < 2 and 2 < 3", false);
    static final Logic OR = new Logic("or", "Whether one holds; NULL where that is unknown.", "1 > 2 or 2 < 3", true);

    /** The value that settles a row: TRUE for {@code or}, FALSE for {@code and}. */
    private final boolean decisive;

    private Logic(String name, String doc, String example, boolean decisive) {
        super(name, "a " + name + " b", doc, example);
        this.decisive = decisive;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() < 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            if (type != DataType.BOOLEAN && type != DataType.VOID) {
                throw new TypeMismatch("needs conditions, not " + type, i);
            }
        }
        return new Signature(
                Collections.nCopies(arguments.size(), DataType.BOOLEAN),
                DataType.BOOLEAN,
                arguments.stream().anyMatch(Typed::nullable));
    }

    @Override
    public boolean settles(Vector argument, int row) {
        return ((BooleanVector) argument).values[argument.offset + row] == decisive && !argument.isNull(row);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (vectors, count, out) -> {
            var bits = (BooleanVector) out;
            bits.prepare(count);
            boolean[] values = bits.values;
            var first = (BooleanVector) vectors[0];
            System.arraycopy(first.values, first.offset, values, 0, count);
            boolean nulls = first.validity != null;
            for (int i = 1; i < vectors.length; i++) {
                var next = (BooleanVector) vectors[i];
                nulls |= next.validity != null;
                boolean[] more = next.values;
                int offset = next.offset;
                if (decisive) {
                    for (int row = 0; row < count; row++) {
                        values[row] |= more[offset + row];
                    }
                } else {
                    for (int row = 0; row < count; row++) {
                        values[row] &= more[offset + row];
                    }
                }
            }
            if (nulls) {
                withNulls(vectors, count, bits);
            }
        };
    }

    private void withNulls(Vector[] vectors, int count, BooleanVector out) {
        for (int row = 0; row < count; row++) {
            boolean settled = false;
            boolean unknown = false;
            for (int i = 0; i < vectors.length && !settled; i++) {
                settled = settles(vectors[i], row);
                unknown |= vectors[i].isNull(row);
            }
            out.values[row] = settled == decisive;
            if (unknown && !settled) {
                out.setNull(row);
            }
        }
    }
}
