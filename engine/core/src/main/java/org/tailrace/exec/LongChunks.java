package org.tailrace.exec;

import java.util.Arrays;

/** A growing array of longs in chunks of 65,536, so that growth neither copies all of it nor makes a huge object. */
final class LongChunks {
    static final int BITS = 16;
    static final int MASK = (1 << BITS) - 1;

    private long[][] chunks = {new long[16]};

    long get(int index) {
        return chunks[index >>> BITS][index & MASK];
    }

    /** For loops: entry i is {@code [i >>> BITS][i & MASK]}; growth makes new arrays. */
    long[][] arrays() {
        return chunks;
    }

    void set(int index, long value) {
        int chunk = index >>> BITS;
        int at = index & MASK;
        if (chunk >= chunks.length || at >= chunks[chunk].length) {
            grow(chunk, at);
        }
        chunks[chunk][at] = value;
    }

    private void grow(int chunk, int at) {
        if (chunk == 0) {
            chunks[0] = Arrays.copyOf(chunks[0], Math.min(1 << BITS, Math.max(at + 1, chunks[0].length * 2)));
            return;
        }
        int old = chunks.length;
        chunks = Arrays.copyOf(chunks, chunk + 1);
        chunks[0] = Arrays.copyOf(chunks[0], 1 << BITS);
        for (int i = Math.max(1, old); i <= chunk; i++) {
            chunks[i] = new long[1 << BITS];
        }
    }

    long bytes() {
        long total = 0;
        for (long[] chunk : chunks) {
            total += 8L * chunk.length;
        }
        return total;
    }
}
