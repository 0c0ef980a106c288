package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.IntVector;
import org.tailrace.data.MapVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.GeneratorFunction;
import org.tailrace.expr.Typed;

/** {@code explode}, {@code posexplode} and {@code inline}, and their {@code _outer} forms; {@code stack}. */
final class Generators extends Described implements GeneratorFunction {
    private enum Kind {
        EXPLODE,
        POSITIONS,
        INLINE
    }

    static final List<Function> ALL = List.of(
            new Generators(
                    "explode",
                    "One row per element of an array or entry of a map.",
                    "explode(array(10, 20))",
                    Kind.EXPLODE,
                    false),
            new Generators(
                    "explode_outer",
                    "As explode; an empty or missing array gives one row of NULL.",
                    "explode_outer(array(10, 20))",
                    Kind.EXPLODE,
                    true),
            new Generators(
                    "posexplode",
                    "One row per element or entry, with its position from 0.",
                    "posexplode(array(10, 20))",
                    Kind.POSITIONS,
                    false),
            new Generators(
                    "posexplode_outer",
                    "As posexplode; an empty or missing array gives one row of NULLs.",
                    "posexplode_outer(array(10, 20))",
                    Kind.POSITIONS,
                    true),
            new Generators(
                    "inline",
                    "One row per struct of an array, with its fields as columns.",
                    "inline(array(struct(1, 'a'), struct(2, 'b')))",
                    Kind.INLINE,
                    false),
            new Generators(
                    "inline_outer",
                    "As inline; an empty or missing array gives one row of NULLs.",
                    "inline_outer(array(struct(1, 'a'), struct(2, 'b')))",
                    Kind.INLINE,
                    true),
            new Stack());

    private final Kind kind;
    private final boolean always;

    private Generators(String name, String doc, String example, Kind kind, boolean always) {
        super(name, name + "(array" + (kind == Kind.INLINE ? "" : " or map") + ")", doc, example);
        this.kind = kind;
        this.always = always;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        Schema outputs = outputs(arguments, context);
        DataType result = outputs.size() == 1 ? outputs.type(0) : new DataType.Struct(outputs);
        return new Signature(List.of(arguments.get(0).type()), result, true);
    }

    @Override
    public Schema outputs(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 1) {
            throw TypeMismatch.wrongNumber("1 argument", arguments.size());
        }
        DataType type = arguments.get(0).type();
        var fields = new ArrayList<Field>();
        if (kind == Kind.INLINE) {
            if (!(type instanceof DataType.Array array) || !(array.element() instanceof DataType.Struct struct)) {
                throw new TypeMismatch("needs an array of structs, not " + type, 0);
            }
            for (Field field : struct.fields().fields()) {
                fields.add(new Field(field.name(), field.type(), field.nullable() || array.containsNull() || always));
            }
            return new Schema(fields);
        }
        if (kind == Kind.POSITIONS) {
            fields.add(new Field("pos", DataType.INT, always));
        }
        if (type instanceof DataType.Array array) {
            fields.add(new Field("col", array.element(), array.containsNull() || always));
        } else if (type instanceof DataType.Map map) {
            fields.add(new Field("key", map.key(), always));
            fields.add(new Field("value", map.value(), map.valueContainsNull() || always));
        } else {
            throw new TypeMismatch("needs an array or a map, not " + type, 0);
        }
        return new Schema(fields);
    }

    @Override
    public void generate(Vector[] arguments, int count, boolean outer, IntVector parents, Vector[] outputs) {
        Vector in = arguments[0];
        if (kind == Kind.EXPLODE && in instanceof ArrayVector array && !outer && !always) {
            explode(array, count, parents, outputs[0]);
            return;
        }
        for (int row = 0; row < count; row++) {
            int start = in instanceof ArrayVector a ? a.start(row) : ((MapVector) in).start(row);
            int end = in instanceof ArrayVector a ? a.end(row) : ((MapVector) in).end(row);
            if (in.isNull(row) || start == end) {
                if (outer || always) {
                    parents.append(row, true);
                    for (Vector output : outputs) {
                        output.appendValue(null);
                    }
                }
                continue;
            }
            for (int k = start; k < end; k++) {
                parents.append(row, true);
                put(in, k, k - start, outputs);
            }
        }
    }

    /** All elements at once: they are gathered, so that texts need not be copied. */
    private static void explode(ArrayVector array, int count, IntVector parents, Vector output) {
        int total = 0;
        for (int row = 0; row < count; row++) {
            total += array.isNull(row) ? 0 : array.end(row) - array.start(row);
        }
        int[] places = new int[total];
        parents.prepare(total);
        int at = 0;
        for (int row = 0; row < count; row++) {
            for (int k = array.start(row), end = array.isNull(row) ? k : array.end(row); k < end; k++) {
                parents.values[at] = row;
                places[at++] = k;
            }
        }
        output.gather(array.elements, places, total);
    }

    private void put(Vector in, int place, int position, Vector[] outputs) {
        int at = 0;
        if (kind == Kind.POSITIONS) {
            ((IntVector) outputs[at++]).append(position, true);
        }
        if (in instanceof MapVector map) {
            outputs[at].append(map.keys, place);
            outputs[at + 1].append(map.values, place);
        } else if (kind != Kind.INLINE) {
            outputs[at].append(((ArrayVector) in).elements, place);
        } else {
            var structs = (StructVector) ((ArrayVector) in).elements;
            for (int i = 0; i < outputs.length; i++) {
                if (structs.isNull(place)) {
                    outputs[i].appendValue(null);
                } else {
                    outputs[i].append(structs.children[i], place);
                }
            }
        }
    }

    /** {@code stack(n, a, b, ..)}: the values in n rows. */
    private static final class Stack extends Described implements GeneratorFunction {
        Stack() {
            super("stack", "stack(rows, value, ..)", "The values laid out in so many rows.", "stack(2, 1, 2, 3)");
        }

        private static int rows(List<Typed> arguments) {
            if (arguments.size() < 2
                    || !(arguments.get(0) instanceof Typed.Constant constant)
                    || !(constant.value() instanceof Number number)
                    || number.intValue() < 1) {
                throw new TypeMismatch("needs a constant number of rows, and values", 0);
            }
            return number.intValue();
        }

        private static int columns(List<Typed> arguments) {
            int rows = rows(arguments);
            return (arguments.size() - 2) / rows + 1;
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            Schema outputs = outputs(arguments, context);
            var parameters =
                    new ArrayList<>(Collections.nCopies(1, arguments.get(0).type()));
            for (int i = 1; i < arguments.size(); i++) {
                parameters.add(outputs.type((i - 1) % outputs.size()));
            }
            return new Signature(parameters, new DataType.Struct(outputs), true);
        }

        @Override
        public Schema outputs(List<Typed> arguments, EvalContext context) {
            int columns = columns(arguments);
            var fields = new ArrayList<Field>();
            for (int column = 0; column < columns; column++) {
                var values = new ArrayList<Typed>();
                for (int i = column + 1; i < arguments.size(); i += columns) {
                    values.add(arguments.get(i));
                }
                fields.add(new Field("col" + column, Coalesce.commonType(values, 0, context), true));
            }
            return new Schema(fields);
        }

        @Override
        public void generate(Vector[] arguments, int count, boolean outer, IntVector parents, Vector[] outputs) {
            int columns = outputs.length;
            for (int row = 0; row < count; row++) {
                int rows = Cell.integer(arguments[0], row);
                for (int k = 0; k < rows; k++) {
                    parents.append(row, true);
                    for (int column = 0; column < columns; column++) {
                        int at = 1 + k * columns + column;
                        if (at < arguments.length) {
                            outputs[column].append(arguments[at], row);
                        } else {
                            outputs[column].appendValue(null);
                        }
                    }
                }
            }
        }
    }
}
