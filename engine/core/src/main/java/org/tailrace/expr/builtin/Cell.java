package org.tailrace.expr.builtin;

import java.util.Arrays;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;

/** Single values of vectors, by what they hold: for steps of one row. */
final class Cell {
    private Cell() {}

    static String text(Vector vector, int row) {
        return ((BytesVector) vector).string(row);
    }

    static byte[] bytes(Vector vector, int row) {
        var bytes = (BytesVector) vector;
        return Arrays.copyOfRange(bytes.data(), bytes.start(row), bytes.end(row));
    }

    /** Of an int, date, bigint or timestamp. */
    static long whole(Vector vector, int row) {
        return vector instanceof LongVector longs
                ? longs.values[longs.offset + row]
                : ((IntVector) vector).values[vector.offset + row];
    }

    static int integer(Vector vector, int row) {
        return ((IntVector) vector).values[vector.offset + row];
    }

    static double real(Vector vector, int row) {
        return ((DoubleVector) vector).values[vector.offset + row];
    }

    static boolean truth(Vector vector, int row) {
        return ((BooleanVector) vector).values[vector.offset + row];
    }

    static void put(Vector out, int row, String value) {
        ((BytesVector) out).set(row, value);
    }

    static void put(Vector out, int row, byte[] value) {
        ((BytesVector) out).set(row, value);
    }

    static void put(Vector out, int row, boolean value) {
        ((BooleanVector) out).values[row] = value;
    }

    /** Into an int, date, bigint or timestamp. */
    static void put(Vector out, int row, long value) {
        if (out instanceof LongVector longs) {
            longs.values[row] = value;
        } else {
            ((IntVector) out).values[row] = (int) value;
        }
    }

    static void put(Vector out, int row, double value) {
        ((DoubleVector) out).values[row] = value;
    }
}
