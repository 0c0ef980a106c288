package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.MapVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Choice;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Errors;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.LambdaFunction;
import org.tailrace.expr.Rows;
import org.tailrace.expr.Typed;

/** Functions of an array or a map and one lambda, which is evaluated once for the elements of all rows. */
final class Lambdas extends Described implements LambdaFunction {
    private enum Kind {
        TRANSFORM,
        FILTER,
        EXISTS,
        FORALL,
        MAP_FILTER,
        TRANSFORM_KEYS,
        TRANSFORM_VALUES;

        boolean ofMap() {
            return this == MAP_FILTER || this == TRANSFORM_KEYS || this == TRANSFORM_VALUES;
        }

        boolean condition() {
            return this == FILTER || this == EXISTS || this == FORALL || this == MAP_FILTER;
        }
    }

    static final List<Function> ALL = List.of(
            new Lambdas(
                    "transform",
                    "transform(xs, x -> ..), transform(xs, (x, index) -> ..)",
                    "The array of what the lambda makes of each element.",
                    "transform(array(1, 2, 3), x -> x + 1)",
                    Kind.TRANSFORM),
            new Lambdas(
                    "filter",
                    "filter(xs, x -> ..), filter(xs, (x, index) -> ..)",
                    "The elements for which the lambda holds.",
                    "filter(array(1, 2, 3), x -> x % 2 = 1)",
                    Kind.FILTER),
            new Lambdas(
                    "exists",
                    "exists(xs, x -> ..)",
                    "Whether the lambda holds for some element.",
                    "exists(array(1, 2, 3), x -> x % 2 = 0)",
                    Kind.EXISTS),
            new Lambdas(
                    "forall",
                    "forall(xs, x -> ..)",
                    "Whether the lambda holds for every element.",
                    "forall(array(1, 2, 3), x -> x % 2 = 0)",
                    Kind.FORALL),
            new Lambdas(
                    "map_filter",
                    "map_filter(m, (key, value) -> ..)",
                    "The entries for which the lambda holds.",
                    "map_filter(map(1, 0, 2, 2), (k, v) -> k <= v)",
                    Kind.MAP_FILTER),
            new Lambdas(
                    "transform_keys",
                    "transform_keys(m, (key, value) -> ..)",
                    "The map with the keys that the lambda makes.",
                    "transform_keys(map(1, 10, 2, 20), (k, v) -> k + 1)",
                    Kind.TRANSFORM_KEYS),
            new Lambdas(
                    "transform_values",
                    "transform_values(m, (key, value) -> ..)",
                    "The map with the values that the lambda makes.",
                    "transform_values(map(1, 10, 2, 20), (k, v) -> v + 1)",
                    Kind.TRANSFORM_VALUES),
            new Fold(),
            new ZipWith(),
            new ArraySort());

    private final Kind kind;

    private Lambdas(String name, String signature, String doc, String example, Kind kind) {
        super(name, signature, doc, example);
        this.kind = kind;
    }

    @Override
    public List<Parameter> lambda(List<Typed> arguments, int position, int parameters) {
        if (position != 1) {
            throw new TypeMismatch("takes a lambda as its second argument", position);
        }
        DataType type = arguments.get(0).type();
        if (kind.ofMap()) {
            if (!(type instanceof DataType.Map map)) {
                throw new TypeMismatch("needs a map, not " + type, 0);
            }
            wanted(parameters, 2, 2);
            return List.of(new Parameter(map.key(), false), new Parameter(map.value(), map.valueContainsNull()));
        }
        DataType.Array array = array(arguments, 0);
        wanted(parameters, 1, kind == Kind.TRANSFORM || kind == Kind.FILTER ? 2 : 1);
        var element = new Parameter(array.element(), array.containsNull());
        return parameters == 1 ? List.of(element) : List.of(element, new Parameter(DataType.INT, false));
    }

    static DataType.Array array(List<Typed> arguments, int index) {
        if (arguments.get(index).type() instanceof DataType.Array array) {
            return array;
        }
        throw new TypeMismatch("needs an array, not " + arguments.get(index).type(), index);
    }

    static void wanted(int parameters, int least, int most) {
        if (parameters < least || parameters > most) {
            throw new TypeMismatch("takes a lambda of " + least + (most > least ? " or " + most : "")
                    + " parameters, not " + parameters);
        }
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2 || !(arguments.get(1) instanceof Typed.Lambda body)) {
            throw TypeMismatch.wrongNumber("a collection and a lambda", arguments.size());
        }
        DataType type = arguments.get(0).type();
        if (kind.condition() && body.type() != DataType.BOOLEAN && body.type() != DataType.VOID) {
            throw new TypeMismatch("needs a condition in its lambda, not " + body.type(), 1);
        }
        boolean nullable = arguments.get(0).nullable();
        DataType lambda = kind.condition() ? DataType.BOOLEAN : body.type();
        DataType result;
        switch (kind) {
            case TRANSFORM -> result = new DataType.Array(body.type(), body.nullable());
            case EXISTS, FORALL -> {
                result = DataType.BOOLEAN;
                nullable |= body.nullable();
            }
            case TRANSFORM_KEYS -> {
                var map = (DataType.Map) type;
                result = new DataType.Map(body.type(), map.value(), map.valueContainsNull());
            }
            case TRANSFORM_VALUES ->
                result = new DataType.Map(((DataType.Map) type).key(), body.type(), body.nullable());
            default -> result = type;
        }
        return new Signature(List.of(type, lambda), result, nullable);
    }

    @Override
    public boolean canFail() {
        return kind == Kind.TRANSFORM_KEYS;
    }

    @Override
    public LambdaKernel bindLambda(List<Typed> arguments, DataType result, EvalContext context) {
        boolean index = ((Typed.Lambda) arguments.get(1)).parameters() == 2;
        return kind.ofMap() ? new OfMap(kind) : new OfArray(kind, index);
    }

    /** The elements of all rows one after another, with the row that each is of. */
    static final class Elements {
        int[] parents = new int[0];
        int[] places = new int[0];
        int count;

        void clear() {
            count = 0;
        }

        void add(int parent, int place) {
            if (count == parents.length) {
                int size = Math.max(16, count * 2);
                parents = Arrays.copyOf(parents, size);
                places = Arrays.copyOf(places, size);
            }
            parents[count] = parent;
            places[count++] = place;
        }
    }

    private static final class OfArray implements LambdaKernel {
        private final Kind kind;
        private final boolean index;
        private final Elements elements = new Elements();
        private final IntVector indexes = new IntVector(DataType.INT);
        private int[] identity = new int[0];

        OfArray(Kind kind, boolean index) {
            this.kind = kind;
            this.index = index;
        }

        @Override
        public void evaluate(Vector[] arguments, Body[] bodies, int count, Vector result) {
            var in = (ArrayVector) arguments[0];
            elements.clear();
            for (int row = 0; row < count; row++) {
                for (int k = in.start(row); !in.isNull(row) && k < in.end(row); k++) {
                    elements.add(row, k);
                }
            }
            int total = elements.count;
            Vector values = Vector.create(in.elements.type);
            values.gather(in.elements, elements.places, total);
            Vector[] parameters = index ? new Vector[] {values, indexes} : new Vector[] {values};
            if (index) {
                indexes.prepare(total);
                for (int i = 0; i < total; i++) {
                    indexes.values[i] = elements.places[i] - in.start(elements.parents[i]);
                }
            }
            Vector made = bodies[0].evaluate(parameters, elements.parents, total);
            result.prepare(count);
            result.andValidity(in);
            if (kind == Kind.TRANSFORM) {
                identity = Rows.identity(identity, total);
                var out = (ArrayVector) result;
                out.elements.gather(made, identity, total);
                int at = 0;
                for (int row = 0; row < count; row++) {
                    int size = in.isNull(row) ? 0 : in.end(row) - in.start(row);
                    out.set(row, at, at + size);
                    at += size;
                }
            } else if (kind == Kind.FILTER) {
                filter(in, (BooleanVector) made, values, count, (ArrayVector) result);
            } else {
                test(in, (BooleanVector) made, count, (BooleanVector) result);
            }
        }

        private static void filter(ArrayVector in, BooleanVector held, Vector values, int count, ArrayVector out) {
            int at = 0;
            for (int row = 0; row < count; row++) {
                int start = out.elements.size;
                int size = in.isNull(row) ? 0 : in.end(row) - in.start(row);
                for (int end = at + size; at < end; at++) {
                    if (!held.isNull(at) && held.values[held.offset + at]) {
                        out.elements.append(values, at);
                    }
                }
                out.set(row, start, out.elements.size);
            }
        }

        private void test(ArrayVector in, BooleanVector held, int count, BooleanVector out) {
            boolean decisive = kind == Kind.EXISTS;
            int at = 0;
            for (int row = 0; row < count; row++) {
                boolean settled = false;
                boolean unknown = false;
                int size = in.isNull(row) ? 0 : in.end(row) - in.start(row);
                for (int end = at + size; at < end; at++) {
                    boolean isNull = held.isNull(at);
                    settled |= !isNull && held.values[held.offset + at] == decisive;
                    unknown |= isNull;
                }
                out.values[row] = settled == decisive;
                if (unknown && !settled) {
                    out.setNull(row);
                }
            }
        }
    }

    private static final class OfMap implements LambdaKernel {
        private final Kind kind;
        private final Elements elements = new Elements();

        OfMap(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void evaluate(Vector[] arguments, Body[] bodies, int count, Vector result) {
            var in = (MapVector) arguments[0];
            elements.clear();
            for (int row = 0; row < count; row++) {
                for (int k = in.start(row); !in.isNull(row) && k < in.end(row); k++) {
                    elements.add(row, k);
                }
            }
            int total = elements.count;
            Vector keys = Vector.create(in.keys.type);
            Vector values = Vector.create(in.values.type);
            keys.gather(in.keys, elements.places, total);
            values.gather(in.values, elements.places, total);
            Vector made = bodies[0].evaluate(new Vector[] {keys, values}, elements.parents, total);
            result.prepare(count);
            result.andValidity(in);
            int at = 0;
            for (int row = 0; row < count; row++) {
                var writer = new MapFunctions.Writer((MapVector) result);
                int size = in.isNull(row) ? 0 : in.end(row) - in.start(row);
                for (int end = at + size; at < end; at++) {
                    if (kind == Kind.TRANSFORM_KEYS) {
                        writer.add(made, at, values, at);
                    } else if (kind == Kind.TRANSFORM_VALUES) {
                        writer.add(keys, at, made, at);
                    } else if (!made.isNull(at) && Cell.truth(made, at)) {
                        writer.add(keys, at, values, at);
                    }
                }
                writer.end(row);
            }
        }
    }

    /** {@code zip_with(xs, ys, (x, y) -> ..)}: the shorter array is filled up with NULLs. */
    private static final class ZipWith extends Described implements LambdaFunction {
        ZipWith() {
            super(
                    "zip_with",
                    "zip_with(xs, ys, (x, y) -> ..)",
                    "The array of what the lambda makes of each pair; the shorter array is filled up with NULLs.",
                    "zip_with(array(1, 2), array(3, 4), (x, y) -> x + y)");
        }

        @Override
        public List<Parameter> lambda(List<Typed> arguments, int position, int parameters) {
            if (position != 2) {
                throw new TypeMismatch("takes a lambda as its third argument", position);
            }
            wanted(parameters, 2, 2);
            return List.of(
                    new Parameter(array(arguments, 0).element(), true),
                    new Parameter(array(arguments, 1).element(), true));
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() != 3 || !(arguments.get(2) instanceof Typed.Lambda body)) {
                throw TypeMismatch.wrongNumber("two arrays and a lambda", arguments.size());
            }
            return new Signature(
                    List.of(arguments.get(0).type(), arguments.get(1).type(), body.type()),
                    new DataType.Array(body.type(), body.nullable()),
                    arguments.get(0).nullable() || arguments.get(1).nullable());
        }

        @Override
        public LambdaKernel bindLambda(List<Typed> arguments, DataType result, EvalContext context) {
            return (vectors, bodies, count, out) -> {
                var xs = (ArrayVector) vectors[0];
                var ys = (ArrayVector) vectors[1];
                Vector left = Vector.create(xs.elements.type);
                Vector right = Vector.create(ys.elements.type);
                left.prepare(0);
                right.prepare(0);
                var elements = new Elements();
                int[] sizes = new int[count];
                for (int row = 0; row < count; row++) {
                    if (xs.isNull(row) || ys.isNull(row)) {
                        continue;
                    }
                    int a = xs.end(row) - xs.start(row);
                    int b = ys.end(row) - ys.start(row);
                    sizes[row] = Math.max(a, b);
                    for (int k = 0; k < sizes[row]; k++) {
                        elements.add(row, k);
                        append(left, xs, row, k, a);
                        append(right, ys, row, k, b);
                    }
                }
                Vector made = bodies[0].evaluate(new Vector[] {left, right}, elements.parents, elements.count);
                var array = (ArrayVector) out;
                array.prepare(count);
                array.andValidity(xs);
                array.andValidity(ys);
                array.elements.gather(made, Rows.identity(new int[0], elements.count), elements.count);
                int at = 0;
                for (int row = 0; row < count; row++) {
                    array.set(row, at, at + sizes[row]);
                    at += sizes[row];
                }
            };
        }

        private static void append(Vector out, ArrayVector in, int row, int place, int size) {
            if (place < size) {
                out.append(in.elements, in.start(row) + place);
            } else {
                out.appendValue(null);
            }
        }
    }

    /** {@code aggregate(xs, start, (sum, x) -> .., sum -> ..)}: step k is evaluated for all rows that have an element k. */
    private static final class Fold extends Described implements LambdaFunction {
        Fold() {
            super(
                    "aggregate reduce",
                    "aggregate(xs, start, (sum, x) -> ..[, sum -> ..])",
                    "What is left when the lambda takes in element after element, from a start value.",
                    "aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x)");
        }

        @Override
        public List<Parameter> lambda(List<Typed> arguments, int position, int parameters) {
            DataType.Array array = array(arguments, 0);
            DataType sum = arguments.get(1).type();
            if (position == 2) {
                wanted(parameters, 2, 2);
                return List.of(new Parameter(sum, true), new Parameter(array.element(), array.containsNull()));
            }
            wanted(parameters, 1, 1);
            return List.of(new Parameter(sum, true));
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.size() < 3 || arguments.size() > 4 || !(arguments.get(2) instanceof Typed.Lambda)) {
                throw TypeMismatch.wrongNumber("an array, a start value and one or two lambdas", arguments.size());
            }
            DataType sum = arguments.get(1).type();
            if (!Coercion.same(arguments.get(2).type(), sum)) {
                throw new TypeMismatch(
                        "needs a lambda that gives " + sum + ", not "
                                + arguments.get(2).type(),
                        2);
            }
            var parameters = new ArrayList<DataType>(List.of(arguments.get(0).type(), sum, sum));
            if (arguments.size() == 4) {
                parameters.add(arguments.get(3).type());
            }
            return new Signature(parameters, parameters.get(parameters.size() - 1), true);
        }

        @Override
        public LambdaKernel bindLambda(List<Typed> arguments, DataType result, EvalContext context) {
            DataType sum = arguments.get(1).type();
            return (vectors, bodies, count, out) -> {
                var xs = (ArrayVector) vectors[0];
                int[] identity = Rows.identity(new int[0], count);
                Vector sums = Vector.create(sum);
                sums.gather(vectors[1], identity, count);
                int[] rows = new int[count];
                int[] places = new int[count];
                for (int step = 0; ; step++) {
                    int open = 0;
                    for (int row = 0; row < count; row++) {
                        if (!xs.isNull(row) && xs.start(row) + step < xs.end(row)) {
                            rows[open] = row;
                            places[open++] = xs.start(row) + step;
                        }
                    }
                    if (open == 0) {
                        break;
                    }
                    Vector before = Vector.create(sum);
                    before.gather(sums, rows, open);
                    Vector element = Vector.create(xs.elements.type);
                    element.gather(xs.elements, places, open);
                    Vector made = bodies[0].evaluate(new Vector[] {before, element}, rows, open);
                    sums = spread(sums, made, rows, open, count);
                }
                Vector last = bodies.length > 1 ? bodies[1].evaluate(new Vector[] {sums}, identity, count) : sums;
                out.gather(last, identity, count);
                out.andValidity(xs);
            };
        }

        /** The old values, with those of {@code rows} replaced. */
        private static Vector spread(Vector old, Vector made, int[] rows, int changed, int count) {
            int[] which = new int[count];
            int[] at = Rows.identity(new int[0], count).clone();
            for (int i = 0; i < changed; i++) {
                which[rows[i]] = 1;
                at[rows[i]] = i;
            }
            Vector next = Vector.create(old.type);
            Choice.take(new Vector[] {old, made}, which, at, count, next);
            return next;
        }
    }

    /** {@code array_sort(xs[, (a, b) -> ..])}: in order with NULLs last, or by a lambda that compares two. */
    private static final class ArraySort extends Described implements LambdaFunction {
        ArraySort() {
            super(
                    "array_sort",
                    "array_sort(xs[, (a, b) -> ..])",
                    "The elements in order, NULLs last; or as the lambda says by a number below, at or above 0.",
                    "array_sort(array(5, 6, 1), (a, b) -> b - a)");
        }

        @Override
        public List<Parameter> lambda(List<Typed> arguments, int position, int parameters) {
            wanted(parameters, 2, 2);
            DataType.Array array = array(arguments, 0);
            var element = new Parameter(array.element(), array.containsNull());
            return List.of(element, element);
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            if (arguments.isEmpty() || arguments.size() > 2) {
                throw TypeMismatch.wrongNumber("an array and at most a lambda", arguments.size());
            }
            DataType type = array(arguments, 0);
            if (arguments.size() == 2 && arguments.get(1).type() != DataType.INT) {
                throw new TypeMismatch(
                        "needs a lambda that gives an int, not "
                                + arguments.get(1).type(),
                        1);
            }
            return new Signature(
                    arguments.size() == 1 ? List.of(type) : List.of(type, DataType.INT),
                    type,
                    arguments.get(0).nullable());
        }

        @Override
        public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
            return Strict.kernel(ArrayFunctions.filling((v, i, elements) -> {
                var xs = (ArrayVector) v[0];
                for (int k : ArrayFunctions.sorted(xs.elements, xs.start(i), xs.end(i), true, false)) {
                    elements.append(xs.elements, k);
                }
            }));
        }

        @Override
        public LambdaKernel bindLambda(List<Typed> arguments, DataType result, EvalContext context) {
            return (vectors, bodies, count, out) -> {
                var xs = (ArrayVector) vectors[0];
                Vector left = Vector.create(xs.elements.type);
                Vector right = Vector.create(xs.elements.type);
                var array = (ArrayVector) out;
                array.prepare(count);
                array.andValidity(xs);
                for (int row = 0; row < count; row++) {
                    int start = array.elements.size;
                    if (!xs.isNull(row)) {
                        int[] parent = {row};
                        var places = new ArrayList<Integer>();
                        for (int k = xs.start(row); k < xs.end(row); k++) {
                            places.add(k);
                        }
                        places.sort((a, b) -> {
                            left.gather(xs.elements, new int[] {a}, 1);
                            right.gather(xs.elements, new int[] {b}, 1);
                            Vector order = bodies[0].evaluate(new Vector[] {left, right}, parent, 1);
                            if (order.isNull(0)) {
                                throw Errors.argument(
                                        "the lambda of array_sort gives NULL", "give a number for every two elements");
                            }
                            return Cell.integer(order, 0);
                        });
                        places.forEach(k -> array.elements.append(xs.elements, k));
                    }
                    array.set(row, start, array.elements.size);
                }
            };
        }
    }
}
