package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Rows;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code named_struct('a', x, ..)} and {@code struct(x, ..)}, which the typer makes a {@code named_struct} of. */
final class MakeStruct extends Described implements ScalarFunction {
    static final MakeStruct NAMED = new MakeStruct(
            "named_struct",
            "named_struct(name, value, ..)",
            "A struct of names and values.",
            "named_struct('a', 1, 'b', 2)",
            true);
    static final MakeStruct PLAIN = new MakeStruct(
            "struct",
            "struct(value, ..)",
            "A struct of values; its fields are called as the columns are, or col1, col2, ..",
            "struct(1, 2, 3)",
            false);

    private final boolean named;

    private MakeStruct(String name, String signature, String doc, String example, boolean named) {
        super(name, signature, doc, example);
        this.named = named;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        var parameters = new ArrayList<DataType>();
        var fields = new ArrayList<Field>();
        if (named && (arguments.isEmpty() || arguments.size() % 2 != 0)) {
            throw TypeMismatch.wrongNumber("names and values in turn", arguments.size());
        }
        for (int i = 0; i < arguments.size(); i++) {
            Typed argument = arguments.get(i);
            parameters.add(argument.type());
            if (!named) {
                fields.add(new Field("col" + (i + 1), argument.type(), argument.nullable()));
            } else if (i % 2 == 1) {
                if (!(arguments.get(i - 1) instanceof Typed.Constant name) || !(name.value() instanceof String text)) {
                    throw new TypeMismatch("needs constant names", i - 1);
                }
                fields.add(new Field(text, argument.type(), argument.nullable()));
            }
        }
        return new Signature(parameters, new DataType.Struct(new Schema(fields)), false);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        int step = named ? 2 : 1;
        return new Kernel() {
            private int[] identity = new int[0];

            @Override
            public void evaluate(Vector[] vectors, int count, Vector out) {
                identity = Rows.identity(identity, count);
                var struct = (StructVector) out;
                struct.prepare(count);
                for (int i = 0; i < struct.children.length; i++) {
                    struct.children[i].gather(vectors[i * step + step - 1], identity, count);
                }
            }
        };
    }
}
