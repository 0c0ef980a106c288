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

/** The 32-bit hash Murmur 3 (A. Appleby), over values as Spark feeds it: the last bytes of a text one by one. */
final class Murmur {
    private Murmur() {}

    static int of(Vector vector, int row, int seed) {
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
        int hash = seed;
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

    static int half(int value, int seed) {
        return finish(mix(seed, value), 4);
    }

    private static int word(long value, int seed) {
        return finish(mix(mix(seed, (int) value), (int) (value >>> 32)), 8);
    }

    static int bytes(byte[] data, int from, int to, int seed) {
        int hash = seed;
        int at = from;
        for (; at <= to - 4; at += 4) {
            hash = mix(hash, XxHash.int4(data, at));
        }
        for (; at < to; at++) {
            hash = mix(hash, data[at]);
        }
        return finish(hash, to - from);
    }

    private static int mix(int hash, int value) {
        int k = Integer.rotateLeft(value * 0xcc9e2d51, 15) * 0x1b873593;
        return Integer.rotateLeft(hash ^ k, 13) * 5 + 0xe6546b64;
    }

    private static int finish(int hash, int length) {
        int h = hash ^ length;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
