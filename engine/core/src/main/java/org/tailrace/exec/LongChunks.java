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

    /** Sets {@code count} values from {@code index} on to {@code first}, {@code first + 1} … */
    void setSequence(int index, int count, long first) {
        for (int done = 0; done < count; ) {
            int from = index + done & MASK;
            int length = Math.min(count - done, MASK + 1 - from);
            set(index + done + length - 1, 0);
            long[] chunk = chunks[index + done >>> BITS];
            for (int i = 0; i < length; i++) {
                chunk[from + i] = first + done + i;
            }
            done += length;
        }
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
