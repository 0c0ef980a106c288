package org.tailrace.exec;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;

/**
 * From key columns to dense group ids 0, 1, 2 … in the order in which keys were first seen, so that whatever is kept per
 * group can be plain arrays.
 *
 * <p>Each column turns its values into codes: numbers are their own codes, byte strings are numbered by a pool, whose
 * answers are remembered per {@link org.tailrace.data.Dictionary}. If the codes of a row and its NULL bits fit in 64
 * bits they are packed into one long; otherwise a key is one long per column and one of NULL bits. Columns of 64 bits
 * beside others are taken to hold small numbers, as identities do, until one comes that does not fit: then all keys are
 * laid out anew. A single 64-bit column keeps its NULL group apart. Keys lie by id; the hash table (open addressing, Fibonacci hashing, load at most one half)
 * holds ids only. A single pooled column needs no hash table: code to id is an array.
 *
 * <p>NULLs of a column are equal to each other, so are NaNs, and so are the two zeros. An id that is removed is not used
 * again; the owner builds a new index once too many are dead. One thread.
 */
final class GroupIndex {
    /** Of a 64-bit column that is worth trying to pack. */
    private static final int FEWEST_BITS = 20;

    private final KeyColumn[] columns;
    private final long[][] codes;
    private long[] nulls = new long[0];
    private long[] words = new long[0];

    private final int[] single = new int[1];

    /** Longs per key. */
    private int width;

    /** Of the codes in a packed key. */
    private final int[] bits;

    private final int[] shifts;
    private final boolean direct;
    private boolean packed;
    /** Packed on the assumption that 64-bit codes are small. */
    private boolean narrowed;

    private LongChunks keys = new LongChunks();
    private int size;
    private int nullGroup = -1;
    private final BitSet removed = new BitSet();
    private int removedCount;

    /** Id plus one by slot; 0 is free, −1 was removed. With {@link #direct}, by code. */
    private int[] slots = new int[32];

    private int shift = 64 - 5;

    GroupIndex(List<DataType> types) {
        this(types, 0);
    }

    /** @param expected groups to make room for */
    GroupIndex(List<DataType> types, int expected) {
        int n = types.size();
        columns = new KeyColumn[n];
        codes = new long[n][0];
        bits = new int[n];
        shifts = new int[n];
        int fixed = n;
        int wide = 0;
        for (int i = 0; i < n; i++) {
            columns[i] = KeyColumn.of(types.get(i));
            bits[i] = columns[i].bits();
            fixed += bits[i] < 64 ? bits[i] : 0;
            wide += bits[i] < 64 ? 0 : 1;
        }
        int room = n > 1 && wide > 0 ? (64 - fixed) / wide : 64;
        narrowed = room < 64 && room >= FEWEST_BITS;
        int at = 0;
        for (int i = 0; i < n; i++) {
            bits[i] = narrowed ? Math.min(bits[i], room) : bits[i];
            shifts[i] = at;
            at += bits[i];
        }
        direct = n == 1 && columns[0].pooled();
        packed = n == 1 || at + n <= 64;
        width = packed ? 1 : n + 1;
        if (!direct) {
            while (slots.length < 2 * expected) {
                slots = new int[slots.length * 2];
                shift--;
            }
        }
    }

    /** Ids handed out so far, removed ones included. */
    int size() {
        return size;
    }

    int liveSize() {
        return size - removedCount;
    }

    boolean live(int group) {
        return !removed.get(group);
    }

    /** The group of each row, a new one where the key is new. */
    void add(Vector[] rows, int count, int[] groups) {
        probe(rows, count, true, groups);
    }

    /** The group of each row, −1 where there is none. */
    void find(Vector[] rows, int count, int[] groups) {
        probe(rows, count, false, groups);
    }

    private void probe(Vector[] rows, int count, boolean add, int[] groups) {
        if (columns.length == 0) {
            if (add && size == 0) {
                size = 1;
            }
            Arrays.fill(groups, 0, count, size - 1);
            return;
        }
        if (columns.length == 1 && rows[0] instanceof LongVector longs && longs.validity == null) {
            // Their own codes, where they are.
            probePacked(longs.values, longs.offset, count, add, groups);
            return;
        }
        boolean anyNull = encode(rows, count, add);
        if (narrowed && !fits(count)) {
            widen();
        }
        if (direct) {
            probeDirect(count, add, groups);
        } else if (packed && columns.length == 1 && anyNull) {
            probeNulls(count, add, groups);
        } else if (packed) {
            probePacked(columns.length == 1 ? codes[0] : pack(count), 0, count, add, groups);
        } else {
            probeWide(count, add, groups);
        }
    }

    /** Fills {@link #codes} and {@link #nulls}; the code of a NULL is 0. Says whether there may be a NULL. */
    private boolean encode(Vector[] rows, int count, boolean add) {
        nulls = Ints.room(nulls, count);
        Arrays.fill(nulls, 0, count, 0);
        boolean any = false;
        for (int c = 0; c < columns.length; c++) {
            Vector vector = rows[c];
            codes[c] = Ints.room(codes[c], count);
            long[] out = codes[c];
            columns[c].encode(vector, count, add, out);
            if (vector.validity != null) {
                any = true;
                long bit = 1L << c;
                for (int i = 0; i < count; i++) {
                    if (vector.isNull(i)) {
                        nulls[i] |= bit;
                        out[i] = 0;
                    }
                }
            }
        }
        return any;
    }

    private boolean fits(int count) {
        long beyond = 0;
        for (int c = 0; c < columns.length; c++) {
            if (bits[c] < columns[c].bits()) {
                long[] in = codes[c];
                for (int i = 0; i < count; i++) {
                    beyond |= in[i] >>> bits[c];
                }
            }
        }
        return beyond == 0;
    }

    /** From packed keys to a long per column. */
    private void widen() {
        int n = columns.length;
        var laidOut = new LongChunks();
        for (int group = 0; group < size; group++) {
            for (int c = 0; c < n; c++) {
                laidOut.set(group * (n + 1) + c, code(group, c));
            }
            laidOut.set(group * (n + 1) + n, keys.get(group) >>> 64 - n);
        }
        keys = laidOut;
        width = n + 1;
        packed = false;
        narrowed = false;
        Arrays.fill(slots, 0);
        rehash();
    }

    private int nullGroup(boolean add) {
        if (nullGroup < 0 && add) {
            nullGroup = size++;
            keys.set(nullGroup, 0);
        }
        return nullGroup;
    }

    private void probeDirect(int count, boolean add, int[] groups) {
        long[] in = codes[0];
        for (int i = 0; i < count; i++) {
            if (nulls[i] != 0) {
                groups[i] = nullGroup(add);
                continue;
            }
            int code = (int) in[i];
            if (code < 0) {
                groups[i] = -1;
                continue;
            }
            if (code >= slots.length) {
                slots = Arrays.copyOf(slots, Math.max(code + 1, slots.length * 2));
            }
            int group = slots[code] - 1;
            if (group < 0 && add) {
                group = size++;
                keys.set(group, code);
                slots[code] = size;
            }
            groups[i] = group;
        }
    }

    /** Keys of one column with NULLs among them. */
    private void probeNulls(int count, boolean add, int[] groups) {
        for (int i = 0; i < count; i++) {
            if (nulls[i] != 0) {
                groups[i] = nullGroup(add);
            } else {
                probePacked(codes[0], i, 1, add, single);
                groups[i] = single[0];
            }
        }
    }

    private void probePacked(long[] wantedKeys, int from, int count, boolean add, int[] groups) {
        int[] table = slots;
        long[][] stored = keys.arrays();
        int by = shift;
        for (int i = 0; i < count; i++) {
            long wanted = wantedKeys[from + i];
            int slot = (int) (wanted * 0x9E3779B97F4A7C15L >>> by);
            int entry = table[slot];
            while (entry < 0
                    || entry > 0 && stored[entry - 1 >>> LongChunks.BITS][entry - 1 & LongChunks.MASK] != wanted) {
                slot = slot + 1 & table.length - 1;
                entry = table[slot];
            }
            if (entry == 0 && add) {
                entry = insert(slot, wanted);
                table = slots;
                stored = keys.arrays();
                by = shift;
            }
            groups[i] = entry - 1;
        }
    }

    private int insert(int slot, long key) {
        keys.set(size, key);
        int entry = ++size;
        slots[slot] = entry;
        growIfFull();
        return entry;
    }

    /** Codes and NULL bits of each row in one long. A value never seen gives bits that no stored key has. */
    private long[] pack(int count) {
        words = Ints.room(words, count);
        int n = columns.length;
        for (int i = 0; i < count; i++) {
            words[i] = nulls[i] << 64 - n;
        }
        for (int c = 0; c < n; c++) {
            long[] in = codes[c];
            int by = shifts[c];
            long mask = bits[c] == 64 ? -1L : (1L << bits[c]) - 1;
            for (int i = 0; i < count; i++) {
                words[i] |= (in[i] & mask) << by;
            }
        }
        return words;
    }

    private void probeWide(int count, boolean add, int[] groups) {
        int n = columns.length;
        for (int i = 0; i < count; i++) {
            long hash = nulls[i];
            for (int c = 0; c < n; c++) {
                hash = (hash ^ codes[c][i]) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            int mask = slots.length - 1;
            int slot = (int) (hash * 0x9E3779B97F4A7C15L >>> shift);
            int entry;
            while ((entry = slots[slot]) != 0 && (entry < 0 || !same(entry - 1, i))) {
                slot = slot + 1 & mask;
            }
            if (entry == 0 && add) {
                int base = size * width;
                for (int c = 0; c < n; c++) {
                    keys.set(base + c, codes[c][i]);
                }
                keys.set(base + n, nulls[i]);
                entry = ++size;
                slots[slot] = entry;
                growIfFull();
            }
            groups[i] = entry - 1;
        }
    }

    private boolean same(int group, int row) {
        int base = group * width;
        int n = columns.length;
        for (int c = 0; c < n; c++) {
            if (keys.get(base + c) != codes[c][row]) {
                return false;
            }
        }
        return keys.get(base + n) == nulls[row];
    }

    private void growIfFull() {
        if (size * 2 > slots.length) {
            slots = new int[slots.length * 2];
            shift--;
            rehash();
        }
    }

    /** Fills empty slots with the live ids. */
    private void rehash() {
        for (int group = 0; group < size; group++) {
            if (group == nullGroup || removed.get(group) || columns.length == 0) {
                continue;
            }
            if (direct) {
                slots[(int) keys.get(group)] = group + 1;
                continue;
            }
            int mask = slots.length - 1;
            int slot = (int) (hash(group) * 0x9E3779B97F4A7C15L >>> shift);
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = group + 1;
        }
    }

    private long hash(int group) {
        if (packed) {
            return keys.get(group);
        }
        int base = group * width;
        int n = columns.length;
        long hash = keys.get(base + n);
        for (int c = 0; c < n; c++) {
            hash = (hash ^ keys.get(base + c)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** Writes the keys of {@code groups} to {@code target}, one vector per key column, which this prepares. */
    void keys(int[] groups, int count, Vector[] target) {
        words = Ints.room(words, count);
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < count; i++) {
                words[i] = code(groups[i], c);
            }
            columns[c].decode(words, count, target[c]);
            for (int i = 0; i < count; i++) {
                if (isNull(groups[i], c)) {
                    target[c].setNull(i);
                }
            }
        }
    }

    private long code(int group, int column) {
        if (!packed) {
            return keys.get(group * width + column);
        }
        long key = keys.get(group) >>> shifts[column];
        return bits[column] == 64 ? key : key & (1L << bits[column]) - 1;
    }

    private boolean isNull(int group, int column) {
        if (columns.length == 1) {
            return group == nullGroup;
        }
        long nullBits = packed ? keys.get(group) >>> 64 - columns.length : keys.get(group * width + columns.length);
        return (nullBits & 1L << column) != 0;
    }

    /** Removes groups; their ids are not used again, and their keys, if they come again, get new ones. */
    void remove(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            removed.set(group);
            removedCount++;
            if (group == nullGroup) {
                nullGroup = -1;
            } else if (direct) {
                slots[(int) keys.get(group)] = 0;
            } else {
                int slot = (int) (hash(group) * 0x9E3779B97F4A7C15L >>> shift);
                while (slots[slot] != group + 1) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = -1;
            }
        }
    }

    /** Takes back all ids from {@code count} on. */
    void truncate(int count) {
        if (count < size) {
            size = count;
            if (nullGroup >= count) {
                nullGroup = -1;
            }
            removed.clear(count, Math.max(count, removed.length()));
            removedCount = removed.cardinality();
            Arrays.fill(slots, 0);
            rehash();
        }
    }

    long bytes() {
        long total = keys.bytes() + 4L * slots.length;
        for (KeyColumn column : columns) {
            total += column.bytes();
        }
        return total;
    }
}
