package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Ordering;
import org.tailrace.expr.ScalarFunction;
import org.tailrace.expr.Typed;

/** {@code = <=> < <= > >=}: one dense loop per operator and storage. */
final class Comparison extends Described implements ScalarFunction {

    /** The loops that there are; greater is less with the sides swapped. */
    enum Test {
        EQUAL,
        LESS,
        LESS_OR_EQUAL;

        boolean holds(int order) {
            return this == EQUAL ? order == 0 : this == LESS ? order < 0 : order <= 0;
        }
    }

    private final Test test;
    private final boolean swapped;
    private final boolean nullSafe;

    private Comparison(String names, String doc, String example, Test test, boolean swapped, boolean nullSafe) {
        super(names, "a " + names.split(" ")[0] + " b", doc, example);
        this.test = test;
        this.swapped = swapped;
        this.nullSafe = nullSafe;
    }

    static final Comparison EQUAL = new Comparison(
            "= ==", "Whether two values are equal; NULL if one is NULL.", "2 = 1 + 1", Test.EQUAL, false, false);
    static final Comparison LESS =
            new Comparison("<", "Whether a is less than b.", "'a' < 'b'", Test.LESS, false, false);
    static final Comparison LESS_OR_EQUAL =
            new Comparison("<=", "Whether a is at most b.", "1 <= 1.5", Test.LESS_OR_EQUAL, false, false);
    static final Comparison GREATER =
            new Comparison(">", "Whether a is greater than b.", "2 > 1", Test.LESS, true, false);
    static final Comparison GREATER_OR_EQUAL =
            new Comparison(">=", "Whether a is at least b.", "2 >= 1", Test.LESS_OR_EQUAL, true, false);
    static final Comparison SAME = new Comparison(
            "<=>", "Whether two values are equal or both NULL; never NULL.", "NULL <=> NULL", Test.EQUAL, false, true);

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.size() != 2) {
            throw TypeMismatch.wrongNumber("2 arguments", arguments.size());
        }
        DataType type = test == Test.EQUAL
                ? equality(arguments.get(0), arguments.get(1), context)
                : type(arguments.get(0), arguments.get(1), context);
        if (type instanceof DataType.Map || test != Test.EQUAL && !Coercion.orderable(type)) {
            throw new TypeMismatch("cannot compare values of type " + type);
        }
        return new Signature(
                List.of(type, type),
                DataType.BOOLEAN,
                !nullSafe && (arguments.get(0).nullable() || arguments.get(1).nullable()));
    }

    /** As {@link #type}; but out of ANSI mode true is equal to 1 and false to 0. */
    static DataType equality(Typed left, Typed right, EvalContext context) {
        if (!context.ansi() && left.type() == DataType.BOOLEAN && right.type().isNumeric()) {
            return right.type();
        }
        return !context.ansi()
                        && right.type() == DataType.BOOLEAN
                        && left.type().isNumeric()
                ? left.type()
                : type(left, right, context);
    }

    static DataType type(Typed left, Typed right, EvalContext context) {
        return Coercion.comparison(left.type(), right.type(), context.ansi())
                .orElseThrow(() -> new TypeMismatch("cannot compare " + left.type() + " with " + right.type()));
    }

    @Override
    public boolean nullIfAnyIsNull() {
        return !nullSafe;
    }

    @Override
    public Kernel bind(List<Typed> arguments, DataType result, EvalContext context) {
        Kernel kernel = kernel(test, arguments.get(0).type());
        if (nullSafe) {
            return (vectors, count, out) -> {
                kernel.evaluate(vectors, count, out);
                out.validity = null;
                boolean[] values = ((BooleanVector) out).values;
                for (int row = 0; row < count; row++) {
                    boolean left = vectors[0].isNull(row);
                    boolean right = vectors[1].isNull(row);
                    if (left || right) {
                        values[row] = left && right;
                    }
                }
            };
        }
        if (!swapped) {
            return kernel;
        }
        var turned = new Vector[2];
        return (vectors, count, out) -> {
            turned[0] = vectors[1];
            turned[1] = vectors[0];
            kernel.evaluate(turned, count, out);
        };
    }

    static Kernel kernel(Test test, DataType type) {
        switch (type.storage()) {
            case INT:
                return (v, count, out) -> ints(test, (IntVector) v[0], (IntVector) v[1], count, (BooleanVector) out);
            case LONG:
                return (v, count, out) -> longs(test, (LongVector) v[0], (LongVector) v[1], count, (BooleanVector) out);
            case DOUBLE:
                return (v, count, out) ->
                        doubles(test, (DoubleVector) v[0], (DoubleVector) v[1], count, (BooleanVector) out);
            case BYTES:
                return (v, count, out) ->
                        bytes(test, (BytesVector) v[0], (BytesVector) v[1], count, (BooleanVector) out);
            default:
                return (v, count, out) -> {
                    var result = (BooleanVector) out;
                    start(v[0], v[1], count, result);
                    for (int i = 0; i < count; i++) {
                        if (!result.isNull(i)) {
                            result.values[i] = test.holds(Ordering.compare(v[0], i, v[1], i));
                        }
                    }
                };
        }
    }

    private static void start(Vector left, Vector right, int count, BooleanVector out) {
        out.prepare(count);
        out.andValidity(left);
        out.andValidity(right);
    }

    private static void ints(Test test, IntVector left, IntVector right, int count, BooleanVector out) {
        start(left, right, count, out);
        int[] a = left.values;
        int[] b = right.values;
        boolean[] result = out.values;
        int i = left.offset;
        int j = right.offset;
        switch (test) {
            case EQUAL -> {
                for (int row = 0; row < count; row++) {
                    result[row] = a[i + row] == b[j + row];
                }
            }
            case LESS -> {
                for (int row = 0; row < count; row++) {
                    result[row] = a[i + row] < b[j + row];
                }
            }
            default -> {
                for (int row = 0; row < count; row++) {
                    result[row] = a[i + row] <= b[j + row];
                }
            }
        }
    }

    private static void longs(Test test, LongVector left, LongVector right, int count, BooleanVector out) {
        start(left, right, count, out);
        long[] a = left.values;
        long[] b = right.values;
        boolean[] result = out.values;
        int i = left.offset;
        int j = right.offset;
        switch (test) {
            case EQUAL -> {
                for (int row = 0; row < count; row++) {
                    result[row] = a[i + row] == b[j + row];
                }
            }
            case LESS -> {
                for (int row = 0; row < count; row++) {
                    result[row] = a[i + row] < b[j + row];
                }
            }
            default -> {
                for (int row = 0; row < count; row++) {
                    result[row] = a[i + row] <= b[j + row];
                }
            }
        }
    }

    /** NaN equals itself and is greater than all else. */
    private static void doubles(Test test, DoubleVector left, DoubleVector right, int count, BooleanVector out) {
        start(left, right, count, out);
        double[] a = left.values;
        double[] b = right.values;
        boolean[] result = out.values;
        int i = left.offset;
        int j = right.offset;
        switch (test) {
            case EQUAL -> {
                for (int row = 0; row < count; row++) {
                    double x = a[i + row];
                    double y = b[j + row];
                    result[row] = x == y || x != x && y != y;
                }
            }
            case LESS -> {
                for (int row = 0; row < count; row++) {
                    double x = a[i + row];
                    double y = b[j + row];
                    result[row] = x < y || y != y && x == x;
                }
            }
            default -> {
                for (int row = 0; row < count; row++) {
                    double x = a[i + row];
                    double y = b[j + row];
                    result[row] = x <= y || y != y;
                }
            }
        }
    }

    private static void bytes(Test test, BytesVector left, BytesVector right, int count, BooleanVector out) {
        start(left, right, count, out);
        byte[] a = left.data();
        byte[] b = right.data();
        boolean[] result = out.values;
        for (int row = 0; row < count; row++) {
            if (out.isNull(row)) {
                continue;
            }
            result[row] = test == Test.EQUAL
                    ? Arrays.equals(a, left.start(row), left.end(row), b, right.start(row), right.end(row))
                    : test.holds(Arrays.compareUnsigned(
                            a, left.start(row), left.end(row), b, right.start(row), right.end(row)));
        }
    }
}
