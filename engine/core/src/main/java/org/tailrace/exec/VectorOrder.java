package org.tailrace.exec;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/** The order of values under ORDER BY: NaN is greatest, the two zeros are equal, strings by bytes. */
final class VectorOrder {

    /** Compares two rows. */
    @FunctionalInterface
    interface RowComparator {
        int compare(int left, int right);
    }

    private VectorOrder() {}

    /** One key after the other. */
    static RowComparator of(List<RowComparator> keys) {
        return (left, right) -> {
            for (RowComparator key : keys) {
                int order = key.compare(left, right);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    static RowComparator of(Vector vector, boolean ascending, boolean nullsFirst) {
        RowComparator values = values(vector);
        int nulls = nullsFirst ? -1 : 1;
        return (left, right) -> {
            boolean leftNull = vector.isNull(left);
            boolean rightNull = vector.isNull(right);
            if (leftNull || rightNull) {
                return leftNull == rightNull ? 0 : leftNull ? nulls : -nulls;
            }
            return ascending ? values.compare(left, right) : values.compare(right, left);
        };
    }

    private static RowComparator values(Vector vector) {
        if (vector instanceof LongVector longs) {
            return (a, b) -> Long.compare(longs.values[longs.offset + a], longs.values[longs.offset + b]);
        }
        if (vector instanceof IntVector ints) {
            return (a, b) -> Integer.compare(ints.values[ints.offset + a], ints.values[ints.offset + b]);
        }
        if (vector instanceof DoubleVector doubles) {
            return (a, b) ->
                    Double.compare(doubles.values[doubles.offset + a] + 0.0, doubles.values[doubles.offset + b] + 0.0);
        }
        if (vector instanceof BooleanVector booleans) {
            return (a, b) ->
                    Boolean.compare(booleans.values[booleans.offset + a], booleans.values[booleans.offset + b]);
        }
        if (vector instanceof Decimal128Vector decimals) {
            return (a, b) -> decimals.unscaled(a).compareTo(decimals.unscaled(b));
        }
        if (vector instanceof BytesVector text) {
            return (a, b) -> Arrays.compareUnsigned(
                    text.data(), text.start(a), text.end(a), text.data(), text.start(b), text.end(b));
        }
        if (vector instanceof StructVector struct) {
            return of(Arrays.stream(struct.children)
                    .map(child -> of(child, true, true))
                    .toList());
        }
        if (vector instanceof ArrayVector array) {
            RowComparator elements = of(array.elements, true, true);
            return (a, b) -> {
                int i = array.start(a);
                int j = array.start(b);
                for (; i < array.end(a) && j < array.end(b); i++, j++) {
                    int order = elements.compare(i, j);
                    if (order != 0) {
                        return order;
                    }
                }
                return Boolean.compare(i < array.end(a), j < array.end(b));
            };
        }
        throw new IllegalArgumentException("values of type " + vector.type + " have no order");
    }

    /** Row numbers 0 to {@code count − 1}, sorted; equal rows keep their order. */
    static int[] sorted(int count, RowComparator order) {
        Integer[] rows = new Integer[count];
        Arrays.setAll(rows, i -> i);
        Arrays.sort(rows, order::compare);
        return Arrays.stream(rows).mapToInt(i -> i).toArray();
    }
}
