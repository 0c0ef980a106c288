package org.tailrace.bench.hand;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Counts of words that lie in one array of bytes, by open addressing; ten thousand distinct ones fit well. */
final class ByteWords {
    private static final int ROOM = 1 << 16;

    private final byte[] bytes;
    private final int[] slots = new int[ROOM];
    private final int[] hashes = new int[ROOM / 2];
    private final int[] starts = new int[ROOM / 2];
    private final int[] ends = new int[ROOM / 2];
    final int[] counts = new int[ROOM / 2];
    int size;

    ByteWords(byte[] bytes) {
        this.bytes = bytes;
        Arrays.fill(slots, -1);
    }

    void add(int from, int to, int hash) {
        int i = hash * 0x9E3779B9 >>> 16;
        for (; ; ) {
            int id = slots[i];
            if (id < 0) {
                hashes[size] = hash;
                starts[size] = from;
                ends[size] = to;
                counts[size] = 1;
                slots[i] = size++;
                return;
            }
            if (hashes[id] == hash && Arrays.equals(bytes, starts[id], ends[id], bytes, from, to)) {
                counts[id]++;
                return;
            }
            i = i + 1 & ROOM - 1;
        }
    }

    String word(int id) {
        return new String(bytes, starts[id], ends[id] - starts[id], StandardCharsets.UTF_8);
    }
}
