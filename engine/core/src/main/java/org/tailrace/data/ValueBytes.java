package org.tailrace.data;

import java.util.Arrays;

/** Writes values of any type as bytes that are equal exactly if the values are the same group key. */
public final class ValueBytes {
    public byte[] bytes = new byte[64];
    public int length;

    public void clear() {
        length = 0;
    }

    public void write(Vector vector, int row) {
        if (vector.isNull(row)) {
            put(0);
            return;
        }
        put(1);
        if (vector instanceof LongVector longs) {
            putLong(longs.values[longs.offset + row]);
        } else if (vector instanceof IntVector ints) {
            putLong(ints.values[ints.offset + row]);
        } else if (vector instanceof DoubleVector doubles) {
            putLong(normal(doubles.values[doubles.offset + row]));
        } else if (vector instanceof BooleanVector booleans) {
            put(booleans.values[booleans.offset + row] ? 1 : 0);
        } else if (vector instanceof Decimal128Vector decimals) {
            putLong(decimals.high[decimals.offset + row]);
            putLong(decimals.low[decimals.offset + row]);
        } else if (vector instanceof BytesVector text) {
            putBytes(text.data(), text.start(row), text.end(row));
        } else if (vector instanceof StructVector struct) {
            for (Vector child : struct.children) {
                write(child, row);
            }
        } else if (vector instanceof ArrayVector array) {
            putRange(array.elements, array.start(row), array.end(row));
        } else if (vector instanceof MapVector map) {
            putRange(map.keys, map.start(row), map.end(row));
            putRange(map.values, map.start(row), map.end(row));
        } else {
            throw new IllegalArgumentException("a value of type " + vector.type + " cannot be a key");
        }
    }

    private void putRange(Vector child, int start, int end) {
        putLong(end - start);
        for (int i = start; i < end; i++) {
            write(child, i);
        }
    }

    private void put(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void putBytes(byte[] source, int from, int to) {
        putLong(to - from);
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    /** Bits of a double under which NaNs are equal, and so are the two zeros. */
    public static long normal(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }
}
