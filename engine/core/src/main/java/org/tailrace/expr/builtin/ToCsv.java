package org.tailrace.expr.builtin;

import java.time.ZoneId;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.StructVector;
import org.tailrace.data.text.ValueText;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code to_csv(struct)}: one line, a field in quotes if it needs them, nothing for NULL. */
final class ToCsv extends Described implements ScalarFunction {
    ToCsv() {
        super(
                "to_csv",
                "to_csv(struct)",
                "The fields of a struct as a line of CSV.",
                "to_csv(named_struct('a', 1, 'b', 'x,y'))");
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        if (!(arguments.get(0).type() instanceof DataType.Struct struct)) {
            throw new TypeMismatch("needs a struct, not " + arguments.get(0).type(), 0);
        }
        return new Signature(List.of(struct), DataType.STRING, true);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        ZoneId zone = context.zone();
        return Strict.kernel((v, row, out) -> {
            var struct = (StructVector) v[0];
            var line = new StringBuilder();
            for (int i = 0; i < struct.children.length; i++) {
                line.append(i > 0 ? "," : "");
                if (!struct.children[i].isNull(row)) {
                    var field = new StringBuilder();
                    ValueText.print(struct.children[i], row, zone, field);
                    line.append(quoted(field.toString()));
                }
            }
            Cell.put(out, row, line.toString());
        });
    }

    private static String quoted(String field) {
        boolean special =
                field.isEmpty() || field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return special ? '"' + field.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : field;
    }
}
