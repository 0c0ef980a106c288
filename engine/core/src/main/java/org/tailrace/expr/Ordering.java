package org.tailrace.expr;

import java.util.Arrays;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.MapVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/**
 * Spark's order of values: bytes of text unsigned, NaN equal to itself and greatest, −0.0 equal to 0.0; inside arrays and
 * structs, part by part with NULL least.
 */
public final class Ordering {
    private Ordering() {}

    /** Compares two values of one type that are not NULL. */
    public static int compare(Vector left, int i, Vector right, int j) {
        if (left instanceof LongVector a) {
            var b = (LongVector) right;
            return Long.compare(a.values[a.offset + i], b.values[b.offset + j]);
        } else if (left instanceof DoubleVector a) {
            var b = (DoubleVector) right;
            return compare(a.values[a.offset + i], b.values[b.offset + j]);
        } else if (left instanceof IntVector a) {
            var b = (IntVector) right;
            return Integer.compare(a.values[a.offset + i], b.values[b.offset + j]);
        } else if (left instanceof BytesVector a) {
            var b = (BytesVector) right;
            return Arrays.compareUnsigned(a.data(), a.start(i), a.end(i), b.data(), b.start(j), b.end(j));
        } else if (left instanceof BooleanVector a) {
            var b = (BooleanVector) right;
            return Boolean.compare(a.values[a.offset + i], b.values[b.offset + j]);
        } else if (left instanceof Decimal128Vector a) {
            var b = (Decimal128Vector) right;
            int high = Long.compare(a.high[a.offset + i], b.high[b.offset + j]);
            return high != 0 ? high : Long.compareUnsigned(a.low[a.offset + i], b.low[b.offset + j]);
        } else if (left instanceof ArrayVector a) {
            var b = (ArrayVector) right;
            return ranges(a.elements, a.start(i), a.end(i), b.elements, b.start(j), b.end(j));
        } else if (left instanceof StructVector a) {
            var b = (StructVector) right;
            for (int field = 0; field < a.children.length; field++) {
                int order = compareNullable(a.children[field], i, b.children[field], j);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
        var a = (MapVector) left;
        var b = (MapVector) right;
        int keys = ranges(a.keys, a.start(i), a.end(i), b.keys, b.start(j), b.end(j));
        return keys != 0 ? keys : ranges(a.values, a.start(i), a.end(i), b.values, b.start(j), b.end(j));
    }

    private static int ranges(Vector left, int i, int iEnd, Vector right, int j, int jEnd) {
        int shorter = Math.min(iEnd - i, jEnd - j);
        for (int k = 0; k < shorter; k++) {
            int order = compareNullable(left, i + k, right, j + k);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(iEnd - i, jEnd - j);
    }

    /** As {@link #compare}; NULL equals NULL and is least. */
    public static int compareNullable(Vector left, int i, Vector right, int j) {
        boolean leftNull = left.isNull(i);
        boolean rightNull = right.isNull(j);
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull ? -1 : 1;
        }
        return compare(left, i, right, j);
    }

    public static int compare(double left, double right) {
        return left < right ? -1 : left > right ? 1 : left == right ? 0 : Double.compare(left, right);
    }
}
