package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code concat} and {@code ||} of texts, binaries or arrays; {@code concat_ws} with a separator, NULLs left out. */
final class Concat extends Described implements ScalarFunction {
    static final Concat CONCAT = new Concat(
            "concat ||",
            "concat(part, ..)",
            "Texts or arrays joined; NULL if one is NULL.",
            "concat('Spark', 'SQL')",
            false);
    static final Concat CONCAT_WS = new Concat(
            "concat_ws",
            "concat_ws(separator, part, ..)",
            "Texts, and the texts in arrays, joined with a separator; NULLs are left out.",
            "concat_ws(' ', 'Spark', NULL, 'SQL')",
            true);

    private final boolean separated;

    private Concat(String names, String signature, String doc, String example, boolean separated) {
        super(names, signature, doc, example);
        this.separated = separated;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (separated) {
            if (arguments.isEmpty()) {
                throw TypeMismatch.wrongNumber("a separator and texts", 0);
            }
            var types = new ArrayList<DataType>();
            for (int i = 0; i < arguments.size(); i++) {
                DataType type = arguments.get(i).type();
                boolean array = type instanceof DataType.Array && i > 0;
                DataType wanted = array ? new DataType.Array(DataType.STRING, true) : DataType.STRING;
                if (!Coercion.implicit(type, wanted)) {
                    throw new TypeMismatch("needs texts, not " + type, i);
                }
                types.add(wanted);
            }
            return new Signature(types, DataType.STRING, arguments.get(0).nullable());
        }
        boolean nullable = arguments.stream().anyMatch(Typed::nullable);
        if (arguments.stream().anyMatch(a -> a.type() instanceof DataType.Array)) {
            DataType type = Coalesce.commonType(arguments, 0, context);
            return new Signature(Collections.nCopies(arguments.size(), type), type, nullable);
        }
        boolean binary = !arguments.isEmpty() && arguments.stream().allMatch(a -> a.type() == DataType.BINARY);
        DataType type = binary ? DataType.BINARY : DataType.STRING;
        for (int i = 0; i < arguments.size(); i++) {
            if (!Coercion.implicit(arguments.get(i).type(), type)) {
                throw new TypeMismatch("needs texts, not " + arguments.get(i).type(), i);
            }
        }
        return new Signature(Collections.nCopies(arguments.size(), type), type, nullable);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        if (separated) {
            return Concat::separated;
        }
        if (result instanceof DataType.Array) {
            return Strict.kernel((v, row, out) -> {
                var array = (ArrayVector) out;
                int start = array.elements.size;
                for (Vector part : v) {
                    var in = (ArrayVector) part;
                    for (int i = in.start(row); i < in.end(row); i++) {
                        array.elements.append(in.elements, i);
                    }
                }
                array.set(row, start, array.elements.size);
            });
        }
        return Strict.kernel((v, row, out) -> {
            var text = (BytesVector) out;
            int length = 0;
            for (Vector part : v) {
                length += append(text, length, (BytesVector) part, row);
            }
            text.finish(row, length);
        });
    }

    private static int append(BytesVector out, int written, BytesVector part, int row) {
        int size = part.end(row) - part.start(row);
        byte[] room = out.room(written + size);
        System.arraycopy(part.data(), part.start(row), room, out.position() + written, size);
        return size;
    }

    private static void separated(Vector[] v, int count, Vector out) {
        var text = (BytesVector) out;
        text.prepare(count);
        text.andValidity(v[0]);
        for (int row = 0; row < count; row++) {
            if (text.isNull(row)) {
                continue;
            }
            int length = 0;
            boolean first = true;
            for (int i = 1; i < v.length; i++) {
                if (v[i].isNull(row)) {
                    continue;
                }
                BytesVector parts =
                        v[i] instanceof ArrayVector array ? (BytesVector) array.elements : (BytesVector) v[i];
                int from = v[i] instanceof ArrayVector array ? array.start(row) : row;
                int to = v[i] instanceof ArrayVector array ? array.end(row) : row + 1;
                for (int at = from; at < to; at++) {
                    if (!parts.isNull(at)) {
                        length += first ? 0 : append(text, length, (BytesVector) v[0], row);
                        length += append(text, length, parts, at);
                        first = false;
                    }
                }
            }
            text.finish(row, length);
        }
    }
}
