package org.tailrace.expr.builtin;

import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import org.tailrace.data.DataType;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code format_string(format, values..)}: NULL only if the format is; a value that is NULL is written as null. */
final class FormatString extends Described implements ScalarFunction {
    private static final Shape SHAPE = new Shape("format_string(format string, values any...) -> string");

    FormatString() {
        super(
                "format_string printf",
                "format_string(format string, values any...) -> string",
                "A text by a format of Java's String.format; a value that is NULL is written as null.",
                "format_string('Hello World %d %s', 100, 'days')");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Signature signature = SHAPE.resolve(arguments, context);
        return new Signature(
                signature.parameters(), DataType.STRING, arguments.get(0).nullable());
    }

    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        return (v, count, out) -> {
            out.prepare(count);
            out.andValidity(v[0]);
            var values = new Object[v.length - 1];
            for (int row = 0; row < count; row++) {
                if (out.isNull(row)) {
                    continue;
                }
                for (int k = 0; k < values.length; k++) {
                    values[k] = v[k + 1].get(row);
                }
                try {
                    Cell.put(out, row, String.format(Locale.US, Cell.text(v[0], row), values));
                } catch (IllegalFormatException e) {
                    throw Errors.argument("the format does not fit the values: " + e.getMessage(), "");
                }
            }
        };
    }
}
