package org.tailrace.exec;

import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Dictionary;

/** Distinct byte strings, numbered in the order in which they were first seen. */
final class BytesPool {
    private byte[] data = new byte[64];
    private int used;
    private int[] ends = new int[16];
    private int[] hashes = new int[16];
    private int size;
    private int[] slots = new int[32];

    private final Translations translations = new Translations();

    /** Codes by dictionary, plus one; 0 is one not looked up yet. For one thread. */
    static final class Translations {
        private final Map<Dictionary, int[]> all = new WeakHashMap<>();
        private @Nullable Dictionary lastDictionary;
        private int[] last = {};

        private int[] of(Dictionary dictionary) {
            if (dictionary != lastDictionary) {
                last = all.computeIfAbsent(dictionary, d -> new int[Math.max(1, d.size())]);
                lastDictionary = dictionary;
            }
            return last;
        }
    }

    int size() {
        return size;
    }

    byte[] data() {
        return data;
    }

    int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    int end(int code) {
        return ends[code];
    }

    long bytes() {
        return data.length + 4L * (ends.length + hashes.length + slots.length);
    }

    /** The number of a byte string: a new one if {@code add}, else −1 for one never seen. */
    int code(byte[] bytes, int from, int to, boolean add) {
        int hash = hash(bytes, from, to);
        int mask = slots.length - 1;
        int slot = hash * 0x9E3779B9 >>> 1 & mask;
        int entry;
        while ((entry = slots[slot]) != 0) {
            int code = entry - 1;
            if (hashes[code] == hash && Arrays.equals(data, start(code), ends[code], bytes, from, to)) {
                return code;
            }
            slot = slot + 1 & mask;
        }
        if (!add) {
            return -1;
        }
        append(bytes, from, to, hash);
        slots[slot] = size;
        if (size * 2 > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void append(byte[] bytes, int from, int to, int hash) {
        int length = to - from;
        if (used + length > data.length) {
            data = Arrays.copyOf(data, Math.max(used + length, data.length * 2));
        }
        System.arraycopy(bytes, from, data, used, length);
        used += length;
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        ends[size] = used;
        hashes[size++] = hash;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int code = 0; code < size; code++) {
            int slot = hashes[code] * 0x9E3779B9 >>> 1 & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = code + 1;
        }
    }

    /** The codes of a vector's rows; what is written for NULLs means nothing. */
    void codes(BytesVector vector, int count, boolean add, long[] codes) {
        codes(vector, count, add, codes, translations);
    }

    /** The codes of a vector's rows, −1 for one never seen. Several threads may ask while nothing is added. */
    void find(BytesVector vector, int count, long[] codes, Translations own) {
        codes(vector, count, false, codes, own);
    }

    private void codes(BytesVector vector, int count, boolean add, long[] codes, Translations known) {
        Dictionary dictionary = vector.dictionary;
        if (dictionary == null) {
            for (int i = 0; i < count; i++) {
                codes[i] = vector.isNull(i) ? 0 : code(vector.data(), vector.start(i), vector.end(i), add);
            }
            return;
        }
        int[] translated = known.of(dictionary);
        int[] in = vector.codes;
        int offset = vector.offset;
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                codes[i] = 0;
                continue;
            }
            int from = in[offset + i];
            int code = translated[from] - 1;
            if (code < 0) {
                code = code(dictionary.data(), dictionary.start(from), dictionary.end(from), add);
                translated[from] = code + 1;
            }
            codes[i] = code;
        }
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
