package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.MapVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Ordering;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** Parts of structs, arrays and maps: {@code s.field}, {@code xs[0]}, {@code m['key']}, {@code element_at}. */
final class Access extends Described implements ScalarFunction {
    private enum Kind {
        FIELD,
        INDEX,
        GET,
        ELEMENT_AT,
        TRY_ELEMENT_AT
    }

    static final List<Access> ALL = List.of(
            new Access(
                    ".",
                    "struct.field",
                    "A field of a struct, or of each struct of an array.",
                    "named_struct('a', 1, 'b', 2).b",
                    Kind.FIELD),
            new Access(
                    "[]",
                    "array[index], map[key]",
                    "An element by its index, from 0, or the value of a key.",
                    "array(1, 2, 3)[0]",
                    Kind.INDEX),
            new Access(
                    "get",
                    "get(array, index)",
                    "An element by its index, from 0; NULL outside the array.",
                    "get(array(1, 2, 3), 5)",
                    Kind.GET),
            new Access(
                    "element_at",
                    "element_at(array or map, position or key)",
                    "An element by its position, from 1, or from the end if negative; or the value of a key.",
                    "element_at(array(1, 2, 3), -1)",
                    Kind.ELEMENT_AT),
            new Access(
                    "try_element_at",
                    "try_element_at(array or map, position or key)",
                    "As element_at, but NULL outside the array.",
                    "try_element_at(array(1, 2, 3), 4)",
                    Kind.TRY_ELEMENT_AT));

    private final Kind kind;

    private Access(String name, String signature, String doc, String example, Kind kind) {
        super(name, signature, doc, example);
        this.kind = kind;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        Typed base = arguments.get(0);
        DataType type = base.type();
        DataType key = arguments.get(1).type();
        if (type instanceof DataType.Map map && kind != Kind.GET) {
            return new Signature(List.of(type, map.key()), map.value(), true);
        }
        if (kind == Kind.FIELD || kind == Kind.INDEX && key == DataType.STRING) {
            if (type instanceof DataType.Struct struct) {
                Field field = field(struct, arguments);
                return new Signature(List.of(type, key), field.type(), base.nullable() || field.nullable());
            }
            if (type instanceof DataType.Array array && array.element() instanceof DataType.Struct struct) {
                Field field = field(struct, arguments);
                return new Signature(
                        List.of(type, key),
                        new DataType.Array(field.type(), array.containsNull() || field.nullable()),
                        base.nullable());
            }
        }
        if (!(type instanceof DataType.Array array)) {
            throw new TypeMismatch("needs an array" + (kind == Kind.GET ? "" : " or a map") + ", not " + type, 0);
        }
        boolean whole = key.isIntegral() || kind == Kind.GET && key.isNumeric();
        if (!whole && key != DataType.VOID && key != DataType.STRING) {
            throw new TypeMismatch("needs a whole number, not " + key, 1);
        }
        DataType index = key == DataType.BIGINT ? DataType.BIGINT : DataType.INT;
        return new Signature(List.of(type, index), array.element(), true);
    }

    private static Field field(DataType.Struct struct, List<Typed> arguments) {
        Object name = arguments.get(1) instanceof Typed.Constant constant ? constant.value() : null;
        int index = name == null ? -1 : struct.fields().indexOf(name.toString());
        if (index < 0) {
            throw new TypeMismatch("needs a field of " + struct + ", not '" + name + "'", 1);
        }
        return struct.fields().field(index);
    }

    @Override
    public boolean canFail(List<Typed> arguments, DataType result, EvalContext context) {
        return context.ansi()
                && (kind == Kind.INDEX || kind == Kind.ELEMENT_AT)
                && arguments.get(0).type() instanceof DataType.Array
                && !(arguments.get(1).type() == DataType.STRING);
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        DataType type = arguments.get(0).type();
        if (type instanceof DataType.Map) {
            return Access::lookUp;
        }
        if (arguments.get(1).type() == DataType.STRING) {
            String name = String.valueOf(((Typed.Constant) arguments.get(1)).value());
            if (type instanceof DataType.Struct struct) {
                int index = struct.fields().indexOf(name);
                return new FieldKernel(index);
            }
            int index = ((DataType.Struct) ((DataType.Array) type).element())
                    .fields()
                    .indexOf(name);
            return (vectors, count, out) -> fields((ArrayVector) vectors[0], index, count, (ArrayVector) out);
        }
        boolean fail = canFail(arguments, result, context);
        boolean fromOne = kind == Kind.ELEMENT_AT || kind == Kind.TRY_ELEMENT_AT;
        return (vectors, count, out) -> elements((ArrayVector) vectors[0], vectors[1], count, out, fail, fromOne);
    }

    private static final class FieldKernel implements Kernel {
        private final int index;
        private int[] identity = new int[0];

        FieldKernel(int index) {
            this.index = index;
        }

        @Override
        public void evaluate(Vector[] vectors, int count, Vector out) {
            identity = org.tailrace.expr.Rows.identity(identity, count);
            var struct = (StructVector) vectors[0];
            out.gather(struct.children[index], identity, count);
            out.andValidity(struct);
        }
    }

    private static void fields(ArrayVector in, int index, int count, ArrayVector out) {
        out.prepare(count);
        out.andValidity(in);
        var structs = (StructVector) in.elements;
        for (int row = 0; row < count; row++) {
            int start = out.elements.size;
            if (!in.isNull(row)) {
                for (int i = in.start(row); i < in.end(row); i++) {
                    if (structs.isNull(i)) {
                        out.elements.appendValue(null);
                    } else {
                        out.elements.append(structs.children[index], i);
                    }
                }
            }
            out.set(row, start, out.elements.size);
        }
    }

    private static void lookUp(Vector[] vectors, int count, Vector out) {
        var map = (MapVector) vectors[0];
        Vector keys = vectors[1];
        out.prepare(0);
        for (int row = 0; row < count; row++) {
            int found = -1;
            if (!map.isNull(row) && !keys.isNull(row)) {
                for (int i = map.start(row); i < map.end(row) && found < 0; i++) {
                    found = Ordering.compare(map.keys, i, keys, row) == 0 ? i : -1;
                }
            }
            if (found < 0) {
                out.appendValue(null);
            } else {
                out.append(map.values, found);
            }
        }
    }

    private static void elements(ArrayVector in, Vector indexes, int count, Vector out, boolean fail, boolean fromOne) {
        out.prepare(0);
        for (int row = 0; row < count; row++) {
            if (in.isNull(row) || indexes.isNull(row)) {
                out.appendValue(null);
                continue;
            }
            int size = in.end(row) - in.start(row);
            long wanted = Cell.whole(indexes, row);
            if (fromOne && wanted == 0) {
                throw Errors.argument("positions count from 1, or from -1 at the end", "array[0] is the first element");
            }
            long index = !fromOne ? wanted : wanted < 0 ? size + wanted : wanted - 1;
            if (index >= 0 && index < size) {
                out.append(in.elements, in.start(row) + (int) index);
            } else if (fail) {
                throw Errors.arrayIndex(wanted, size);
            } else {
                out.appendValue(null);
            }
        }
    }
}
