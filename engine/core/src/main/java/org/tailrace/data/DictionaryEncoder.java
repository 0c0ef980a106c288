package org.tailrace.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Encodes a plain vector of strings by a dictionary if that pays: at most half of its rows distinct. */
final class DictionaryEncoder {
    private static final int MIN_ROWS = 64;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private DictionaryEncoder() {}

    static Column encode(BytesVector vector) {
        int rows = vector.size;
        if (vector.dictionary != null || rows < MIN_ROWS) {
            return vector.toColumn();
        }
        int limit = rows / 2;
        int mask = Integer.highestOneBit(Math.max(16, limit * 2)) * 2 - 1;
        int[] table = new int[mask + 1];
        int[] codes = new int[rows];
        int[] firstRow = new int[limit + 1];
        int distinct = 0;
        int bytes = 0;
        for (int row = 0; row < rows; row++) {
            if (vector.isNull(row)) {
                continue;
            }
            int slot = hash(vector.data(), vector.start(row), vector.end(row)) & mask;
            int code;
            while ((code = table[slot] - 1) >= 0 && !same(vector, row, firstRow[code])) {
                slot = (slot + 1) & mask;
            }
            if (code < 0) {
                if (distinct == limit) {
                    return vector.toColumn();
                }
                code = distinct++;
                table[slot] = distinct;
                firstRow[code] = row;
                bytes += vector.end(row) - vector.start(row);
            }
            codes[row] = code;
        }
        byte[] data = new byte[bytes];
        int[] offsets = new int[Math.max(distinct, 1) + 1];
        int at = 0;
        for (int code = 0; code < distinct; code++) {
            int row = firstRow[code];
            int length = vector.end(row) - vector.start(row);
            System.arraycopy(vector.data(), vector.start(row), data, at, length);
            at += length;
            offsets[code + 1] = at;
        }
        return new BytesColumn(vector.type, codes, new Dictionary(data, offsets), vector.copyValidity());
    }

    private static boolean same(BytesVector vector, int left, int right) {
        return Arrays.equals(
                vector.data(),
                vector.start(left),
                vector.end(left),
                vector.data(),
                vector.start(right),
                vector.end(right));
    }

    /** Eight bytes at a time. */
    private static int hash(byte[] data, int from, int to) {
        long h = to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            h = (h ^ (long) EIGHT.get(data, at)) * FACTOR;
            h ^= h >>> 32;
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | data[at] & 0xFF;
        }
        h = (h ^ rest) * FACTOR;
        return (int) (h >>> 32);
    }
}
