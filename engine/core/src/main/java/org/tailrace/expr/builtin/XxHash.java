package org.tailrace.expr.builtin;

import java.math.BigInteger;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.MapVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/** The 64-bit hash xxHash (Y. Collet), over values as Spark feeds it. */
final class XxHash {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private XxHash() {}

    /** The hash of a row's value; NULL leaves the seed as it is. */
    static long of(Vector vector, int row, long seed) {
        if (vector.isNull(row)) {
            return seed;
        }
        int at = vector.offset + row;
        if (vector instanceof BytesVector v) {
            return bytes(v.data(), v.start(row), v.end(row), seed);
        } else if (vector instanceof LongVector v) {
            return word(v.values[at], seed);
        } else if (vector instanceof IntVector v) {
            return half(v.values[at], seed);
        } else if (vector instanceof DoubleVector v) {
            double value = v.values[at] == 0 ? 0.0 : v.values[at];
            return v.type == DataType.FLOAT
                    ? half(Float.floatToIntBits((float) value), seed)
                    : word(Double.doubleToLongBits(value), seed);
        } else if (vector instanceof BooleanVector v) {
            return half(v.values[at] ? 1 : 0, seed);
        } else if (vector instanceof Decimal128Vector v) {
            BigInteger unscaled = v.unscaled(row);
            byte[] bytes = unscaled.toByteArray();
            return bytes(bytes, 0, bytes.length, seed);
        }
        long hash = seed;
        if (vector instanceof ArrayVector v) {
            for (int i = v.start(row); i < v.end(row); i++) {
                hash = of(v.elements, i, hash);
            }
        } else if (vector instanceof StructVector v) {
            for (Vector child : v.children) {
                hash = of(child, row, hash);
            }
        } else if (vector instanceof MapVector v) {
            for (int i = v.start(row); i < v.end(row); i++) {
                hash = of(v.values, i, of(v.keys, i, hash));
            }
        }
        return hash;
    }

    private static long half(int value, long seed) {
        long hash = seed + P5 + 4;
        hash ^= (value & 0xFFFFFFFFL) * P1;
        return finish(Long.rotateLeft(hash, 23) * P2 + P3);
    }

    static long word(long value, long seed) {
        long hash = seed + P5 + 8;
        hash ^= Long.rotateLeft(value * P2, 31) * P1;
        return finish(Long.rotateLeft(hash, 27) * P1 + P4);
    }

    static long bytes(byte[] data, int from, int to, long seed) {
        int at = from;
        long hash;
        if (to - from >= 32) {
            long v1 = seed + P1 + P2;
            long v2 = seed + P2;
            long v3 = seed;
            long v4 = seed - P1;
            for (; at <= to - 32; at += 32) {
                v1 = Long.rotateLeft(v1 + long8(data, at) * P2, 31) * P1;
                v2 = Long.rotateLeft(v2 + long8(data, at + 8) * P2, 31) * P1;
                v3 = Long.rotateLeft(v3 + long8(data, at + 16) * P2, 31) * P1;
                v4 = Long.rotateLeft(v4 + long8(data, at + 24) * P2, 31) * P1;
            }
            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = round(hash, v1);
            hash = round(hash, v2);
            hash = round(hash, v3);
            hash = round(hash, v4);
        } else {
            hash = seed + P5;
        }
        hash += to - from;
        for (; at <= to - 8; at += 8) {
            hash ^= Long.rotateLeft(long8(data, at) * P2, 31) * P1;
            hash = Long.rotateLeft(hash, 27) * P1 + P4;
        }
        if (at <= to - 4) {
            hash ^= (int4(data, at) & 0xFFFFFFFFL) * P1;
            hash = Long.rotateLeft(hash, 23) * P2 + P3;
            at += 4;
        }
        for (; at < to; at++) {
            hash ^= (data[at] & 0xFFL) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        return finish(hash);
    }

    private static long round(long hash, long lane) {
        return (hash ^ Long.rotateLeft(lane * P2, 31) * P1) * P1 + P4;
    }

    private static long finish(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= P2;
        h ^= h >>> 29;
        h *= P3;
        return h ^ h >>> 32;
    }

    static int int4(byte[] data, int at) {
        return data[at] & 0xFF | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF) << 16 | data[at + 3] << 24;
    }

    private static long long8(byte[] data, int at) {
        return int4(data, at) & 0xFFFFFFFFL | (long) int4(data, at + 4) << 32;
    }
}
