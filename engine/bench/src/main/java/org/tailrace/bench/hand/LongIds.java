package org.tailrace.bench.hand;

import java.util.Arrays;

/** Open addressing from long keys to dense ids. */
final class LongIds {
    private long[] slots;
    private int[] ids;
    private int mask;
    long[] keys;
    int size;

    LongIds(int expected) {
        int room = Integer.highestOneBit(Math.max(16, expected * 2 - 1)) * 2;
        slots = new long[room];
        ids = new int[room];
        Arrays.fill(ids, -1);
        mask = room - 1;
        keys = new long[Math.max(16, expected)];
    }

    private static int hash(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 32);
    }

    int id(long key) {
        int i = hash(key) & mask;
        for (; ; ) {
            int id = ids[i];
            if (id < 0) {
                return insert(i, key);
            }
            if (slots[i] == key) {
                return id;
            }
            i = i + 1 & mask;
        }
    }

    int find(long key) {
        int i = hash(key) & mask;
        for (; ; ) {
            int id = ids[i];
            if (id < 0 || slots[i] == key) {
                return id;
            }
            i = i + 1 & mask;
        }
    }

    private int insert(int slot, long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size] = key;
        slots[slot] = key;
        ids[slot] = size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        int room = slots.length * 2;
        slots = new long[room];
        ids = new int[room];
        Arrays.fill(ids, -1);
        mask = room - 1;
        for (int id = 0; id < size; id++) {
            int i = hash(keys[id]) & mask;
            while (ids[i] >= 0) {
                i = i + 1 & mask;
            }
            slots[i] = keys[id];
            ids[i] = id;
        }
    }

    void clear() {
        Arrays.fill(ids, -1);
        size = 0;
    }
}
