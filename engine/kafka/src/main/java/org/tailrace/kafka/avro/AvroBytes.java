package org.tailrace.kafka.avro;

/**
 * Avro's binary encoding, read in place. What it says of lengths is believed only as far as there are bytes, so that no
 * record makes this take more memory than it is long.
 */
final class AvroBytes {
    /** The bytes are not what the schema says: a whole clause. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Items without any bytes that a block may have, such as nulls. */
    private static final int EMPTY_ITEMS = 65_536;

    private byte[] bytes = {};
    private int at;
    private int end;

    void over(byte[] of, int from, int to) {
        bytes = of;
        at = from;
        end = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int left() {
        return end - at;
    }

    private Malformed early() {
        return new Malformed("it ends in the middle of a value");
    }

    byte next() throws Malformed {
        if (at == end) {
            throw early();
        }
        return bytes[at++];
    }

    boolean bool() throws Malformed {
        byte b = next();
        if (b != 0 && b != 1) {
            throw new Malformed("a boolean is " + b);
        }
        return b == 1;
    }

    long number() throws Malformed {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new Malformed("a number has more than ten bytes");
    }

    int integer() throws Malformed {
        long value = number();
        if (value != (int) value) {
            throw new Malformed("an int is " + value);
        }
        return (int) value;
    }

    private long fixed(int count) throws Malformed {
        if (left() < count) {
            throw early();
        }
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= (bytes[at++] & 0xFFL) << 8 * i;
        }
        return bits;
    }

    float single() throws Malformed {
        return Float.intBitsToFloat((int) fixed(4));
    }

    double real() throws Malformed {
        return Double.longBitsToDouble(fixed(8));
    }

    /** Passes over so many bytes; returns where they start. */
    int skip(long count) throws Malformed {
        if (count < 0 || count > left()) {
            throw new Malformed("a length is " + count + ", and " + left() + " bytes follow");
        }
        int start = at;
        at += (int) count;
        return start;
    }

    /** The number of items of the next block of an array or a map; 0 at its end. */
    long block() throws Malformed {
        long count = number();
        if (count < 0) {
            // A length in bytes follows, for those who want to pass over the block.
            number();
            count = -count;
        }
        if (count < 0 || count > Math.max(left(), EMPTY_ITEMS)) {
            throw new Malformed("a block has " + count + " items, and " + left() + " bytes follow");
        }
        return count;
    }
}
