package org.tailrace.expr;

import org.tailrace.data.ArrayVector;
import org.tailrace.data.DataType;
import org.tailrace.data.MapVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/** Casts of arrays, maps and structs, part by part. Parts of NULL rows are not looked at. */
final class NestedCasts {
    private NestedCasts() {}

    static ScalarFunction.Kernel kernel(DataType from, DataType to, EvalContext context, boolean attempt) {
        if (from instanceof DataType.Array a) {
            var part = new Part(a.element(), ((DataType.Array) to).element(), context, attempt);
            return (arguments, count, result) -> {
                var in = (ArrayVector) arguments[0];
                var out = (ArrayVector) result;
                out.prepare(count);
                out.andValidity(in);
                part.clear();
                for (int row = 0; row < count; row++) {
                    int start = part.count;
                    if (!in.isNull(row)) {
                        part.add(in.start(row), in.end(row));
                    }
                    out.set(row, start, part.count);
                }
                part.cast(in.elements, out.elements);
            };
        }
        if (from instanceof DataType.Map a) {
            var target = (DataType.Map) to;
            var keys = new Part(a.key(), target.key(), context, attempt);
            var values = new Part(a.value(), target.value(), context, attempt);
            return (arguments, count, result) -> {
                var in = (MapVector) arguments[0];
                var out = (MapVector) result;
                out.prepare(count);
                out.andValidity(in);
                keys.clear();
                values.clear();
                for (int row = 0; row < count; row++) {
                    int start = keys.count;
                    if (!in.isNull(row)) {
                        keys.add(in.start(row), in.end(row));
                        values.add(in.start(row), in.end(row));
                    }
                    out.set(row, start, keys.count);
                }
                keys.cast(in.keys, out.keys);
                values.cast(in.values, out.values);
            };
        }
        var source = (DataType.Struct) from;
        var target = (DataType.Struct) to;
        var parts = new Part[source.fields().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(source.fields().type(i), target.fields().type(i), context, attempt);
        }
        return (arguments, count, result) -> {
            var in = (StructVector) arguments[0];
            var out = (StructVector) result;
            out.prepare(count);
            out.andValidity(in);
            for (int i = 0; i < parts.length; i++) {
                parts[i].clear();
                parts[i].add(0, count);
                parts[i].castOf(in, in.children[i], out.children[i]);
            }
        };
    }

    /** The rows of a child to cast, one after another. */
    private static final class Part {
        private final ScalarFunction.Kernel kernel;
        private final Vector taken;
        private int[] rows = new int[0];
        int count;

        Part(DataType from, DataType to, EvalContext context, boolean attempt) {
            kernel = Casts.kernel(from, to, context, attempt);
            taken = Vector.create(from);
        }

        void clear() {
            count = 0;
        }

        void add(int from, int to) {
            if (count + to - from > rows.length) {
                rows = java.util.Arrays.copyOf(rows, Math.max(count + to - from, rows.length * 2));
            }
            for (int i = from; i < to; i++) {
                rows[count++] = i;
            }
        }

        void cast(Vector source, Vector target) {
            taken.gather(source, rows, count);
            kernel.evaluate(new Vector[] {taken}, count, target);
        }

        void castOf(Vector parent, Vector source, Vector target) {
            taken.gather(source, rows, count);
            taken.andValidity(parent);
            kernel.evaluate(new Vector[] {taken}, count, target);
        }
    }
}
