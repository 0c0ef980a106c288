package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code raise_error}, {@code assert_true} and {@code typeof}. */
final class Miscellany extends Described implements ScalarFunction {
    static final Miscellany RAISE = new Miscellany(
            "raise_error", "raise_error(message)", "Fails with a message.", "if(true, 'fine', raise_error('custom'))");
    static final Miscellany ASSERT = new Miscellany(
            "assert_true",
            "assert_true(condition[, message])",
            "NULL where the condition holds; fails where it does not.",
            "assert_true(0 < 1)");
    static final Miscellany TYPE =
            new Miscellany("typeof", "typeof(value)", "The name of the value's type.", "typeof(array(1))");

    private Miscellany(String name, String signature, String doc, String example) {
        super(name, signature, doc, example);
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        int most = this == ASSERT ? 2 : 1;
        if (arguments.isEmpty() || arguments.size() > most) {
            throw TypeMismatch.wrongNumber(most == 1 ? "1 argument" : "1 or 2 arguments", arguments.size());
        }
        if (this == TYPE) {
            return new Signature(List.of(arguments.get(0).type()), DataType.STRING, false);
        }
        if (this == RAISE) {
            return new Signature(List.of(DataType.STRING), DataType.VOID, true);
        }
        return new Signature(
                arguments.size() == 1 ? List.of(DataType.BOOLEAN) : List.of(DataType.BOOLEAN, DataType.STRING),
                DataType.VOID,
                true);
    }

    @Override
    public boolean canFail() {
        return this != TYPE;
    }

    @Override
    public boolean deterministic() {
        return this == TYPE;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        String type = arguments.get(0).type().ddl();
        return (v, count, out) -> {
            out.prepare(count);
            for (int i = 0; i < count; i++) {
                if (this == TYPE) {
                    Cell.put(out, i, type);
                } else if (this == RAISE) {
                    throw Errors.raised(v[0].isNull(i) ? "null" : Cell.text(v[0], i));
                } else if (v[0].isNull(i) || !Cell.truth(v[0], i)) {
                    throw Errors.raised(v.length > 1 ? Cell.text(v[1], i) : "the assertion does not hold");
                } else {
                    out.setNull(i);
                }
            }
        };
    }
}
