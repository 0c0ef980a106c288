package org.tailrace.exec;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;

/**
 * From key columns to dense group ids 0, 1, 2 … in the order in which keys were first seen, so that whatever is kept per
 * group can be plain arrays.
 *
 * <p>Each column turns its values into codes: numbers are their own codes, byte strings are numbered by a pool, whose
 * answers are remembered per {@link org.tailrace.data.Dictionary}; structs are taken apart ({@link KeyParts}). The codes of
 * a row and its NULL bits are packed into as few longs as their values so far need, mostly one; when a value comes that
 * does not fit, all keys are laid out anew ({@link KeyLayout}). A single column is not packed and keeps its NULL group
 * apart. Keys lie by id; the hash table (open addressing, Fibonacci hashing, load at most one half) holds ids only. A
 * single pooled column needs no hash table: code to id is an array.
 *
 * <p>NULLs of a column are equal to each other, so are NaNs, and so are the two zeros. An id that is removed is not used
 * again; the owner builds a new index once too many are dead. One thread.
 */
final class GroupIndex {
    /** A table of so many slots does not fit the caches near a core. */
    private static final int LARGE = 1 << 17;

    private static final int BLOCK = 256;

    private final KeyParts parts;
    private final KeyColumn[] columns;
    private final long[][] codes;
    private long[] nulls = new long[0];
    private long[] least = new long[0];
    private long[] greatest = new long[0];
    private long[][] words = {};
    private final int[] looked = new int[BLOCK];

    /** A key is one column, whose codes are the keys. */
    private final boolean alone;

    private final boolean direct;
    /** Of more than one column; null before the first key. */
    private @Nullable KeyLayout layout;

    /** By word. */
    private LongChunks[] keys = {new LongChunks()};

    private int size;
    private boolean anyNull;
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
        this(KeyParts.of(types));
        while (!direct && slots.length < 2 * expected) {
            slots = new int[slots.length * 2];
            shift--;
        }
    }

    private GroupIndex(KeyParts parts) {
        this.parts = parts;
        columns = parts.columns;
        codes = new long[columns.length][0];
        alone = columns.length == 1;
        direct = alone && columns[0].pooled();
    }

    /**
     * An index for another thread, which finds what is in this one, but only after {@link #follow} and while nothing is
     * added here or removed; null if a key column is of a kind that one thread alone can read.
     */
    @Nullable
    GroupIndex reader() {
        KeyParts readers = parts.reader();
        return readers == null ? null : new GroupIndex(readers);
    }

    /** Sees what is in {@code index} now, whose reader this is. */
    void follow(GroupIndex index) {
        KeyLayout its = index.layout;
        if (its != null && (layout == null || layout.width != its.width)) {
            words = new long[its.width][0];
        }
        layout = its;
        keys = index.keys;
        size = index.size;
        anyNull = index.anyNull;
        nullGroup = index.nullGroup;
        slots = index.slots;
        shift = index.shift;
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
        if (alone && rows[0] instanceof LongVector longs && longs.validity == null) {
            // Their own codes, where they are.
            probeOne(longs.values, longs.offset, count, add, groups);
            return;
        }
        nulls = Ints.room(nulls, count);
        Arrays.fill(nulls, 0, count, 0);
        for (int c = 0; c < columns.length; c++) {
            codes[c] = Ints.room(codes[c], count);
        }
        boolean some = parts.encode(rows, count, add, codes, nulls);
        if (direct) {
            probeDirect(count, add, groups);
        } else if (alone && some) {
            probeNulls(count, add, groups);
        } else if (alone) {
            probeOne(codes[0], 0, count, add, groups);
        } else {
            anyNull |= some && add;
            probePacked(count, some, add, groups);
        }
    }

    private void probePacked(int count, boolean some, boolean add, int[] groups) {
        KeyLayout by = layout;
        boolean fit = by != null && fits(by, count, some);
        if (!fit && add) {
            by = layOut(count, some);
            fits(by, count, some);
        }
        if (by == null) {
            Arrays.fill(groups, 0, count, -1);
            return;
        }
        for (int w = 0; w < by.width; w++) {
            words[w] = Ints.room(words[w], count);
        }
        by.pack(codes, nulls, count, words);
        if (by.width == 1) {
            probeOne(words[0], 0, count, add, groups);
        } else {
            probeWide(by.width, count, add, groups);
        }
        if (!fit && !add) {
            // A value for which there is no room is in no key.
            for (int c = 0; c < columns.length; c++) {
                for (int i = 0; i < count; i++) {
                    groups[i] = by.fits(c, codes[c][i]) ? groups[i] : -1;
                }
            }
        }
    }

    /** Whether the codes fit the layout; those under NULLs are made such that do. */
    private boolean fits(KeyLayout by, int count, boolean some) {
        boolean fit = true;
        for (int c = 0; c < columns.length; c++) {
            long[] in = codes[c];
            for (int i = 0; some && i < count; i++) {
                in[i] = (nulls[i] >>> c & 1) == 0 ? in[i] : by.base(c);
            }
            fit &= by.fits(c, in, count);
        }
        return fit;
    }

    /** Finds the least and the greatest code of each column. */
    private void ranges(int count, boolean some) {
        if (least.length == 0) {
            least = new long[columns.length];
            greatest = new long[columns.length];
        }
        for (int c = 0; c < columns.length; c++) {
            long[] in = codes[c];
            long low = Long.MAX_VALUE;
            long high = Long.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                if (!some || (nulls[i] >>> c & 1) == 0) {
                    low = Math.min(low, in[i]);
                    high = Math.max(high, in[i]);
                }
            }
            least[c] = low;
            greatest[c] = high;
        }
    }

    /** Makes room for the codes that are to be added beside those of the keys. */
    private KeyLayout layOut(int count, boolean some) {
        ranges(count, some);
        KeyLayout before = layout;
        if (before == null) {
            return begin(new KeyLayout(columns, least, greatest));
        }
        int n = columns.length;
        for (int c = 0; c < n; c++) {
            LongChunks in = keys[before.word(c)];
            for (int group = 0; group < size; group++) {
                if ((before.nulls(keys[0].get(group)) >>> c & 1) == 0) {
                    long code = before.code(c, in.get(group));
                    least[c] = Math.min(least[c], code);
                    greatest[c] = Math.max(greatest[c], code);
                }
            }
        }
        LongChunks[] old = keys;
        KeyLayout after = begin(new KeyLayout(columns, least, greatest));
        long[][] of = new long[n][1];
        long[][] word = new long[after.width][1];
        long[] bits = new long[1];
        for (int group = 0; group < size; group++) {
            bits[0] = before.nulls(old[0].get(group));
            for (int c = 0; c < n; c++) {
                of[c][0] = (bits[0] >>> c & 1) == 0 ? before.code(c, old[before.word(c)].get(group)) : after.base(c);
            }
            after.pack(of, bits, 1, word);
            for (int w = 0; w < after.width; w++) {
                keys[w].set(group, word[w][0]);
            }
        }
        Arrays.fill(slots, 0);
        rehash();
        return after;
    }

    private KeyLayout begin(KeyLayout with) {
        layout = with;
        keys = new LongChunks[with.width];
        Arrays.setAll(keys, w -> new LongChunks());
        words = new long[with.width][0];
        return with;
    }

    /** Lays keys out as {@code other} does, to spare this the trial; before the first key. */
    void layOutLike(GroupIndex other) {
        KeyLayout its = other.layout;
        if (its != null) {
            begin(its);
        }
    }

    private int nullGroup(boolean add) {
        if (nullGroup < 0 && add) {
            nullGroup = size++;
            keys[0].set(nullGroup, 0);
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
            if (code < 0 || code >= slots.length && !add) {
                groups[i] = -1;
                continue;
            }
            if (code >= slots.length) {
                slots = Arrays.copyOf(slots, Math.max(code + 1, slots.length * 2));
            }
            int group = slots[code] - 1;
            if (group < 0 && add) {
                group = size++;
                keys[0].set(group, code);
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
                probeEach(codes[0], 0, i, 1, add, groups);
            }
        }
    }

    /** Keys of one word. */
    private void probeOne(long[] wantedKeys, int from, int count, boolean add, int[] groups) {
        if (slots.length < LARGE || count < BLOCK) {
            probeEach(wantedKeys, from, 0, count, add, groups);
            return;
        }
        for (int at = 0; at < count; at += BLOCK) {
            probeLarge(wantedKeys, from, at, Math.min(BLOCK, count - at), add, groups);
        }
    }

    /**
     * In a table that is larger than caches nearly every look waits for memory. Looking at the first slot of many rows, then
     * at their keys, without a branch lets the waits overlap. What is not found so is looked for again.
     */
    private void probeLarge(long[] wantedKeys, int from, int at, int count, boolean add, int[] groups) {
        int[] table = slots;
        long[][] stored = keys[0].arrays();
        int by = shift;
        for (int i = at; i < at + count; i++) {
            groups[i] = table[(int) (wantedKeys[from + i] * 0x9E3779B97F4A7C15L >>> by)] - 1;
        }
        int missing = 0;
        for (int i = at; i < at + count; i++) {
            int group = Math.max(0, groups[i]);
            long key = stored[group >>> LongChunks.BITS][group & LongChunks.MASK];
            looked[missing] = i;
            missing += groups[i] >= 0 & key == wantedKeys[from + i] ? 0 : 1;
        }
        for (int m = 0; m < missing; m++) {
            probeEach(wantedKeys, from, looked[m], 1, add, groups);
        }
    }

    private void probeEach(long[] wantedKeys, int from, int at, int count, boolean add, int[] groups) {
        int[] table = slots;
        long[][] stored = keys[0].arrays();
        int by = shift;
        for (int i = at; i < at + count; i++) {
            long wanted = wantedKeys[from + i];
            int slot = (int) (wanted * 0x9E3779B97F4A7C15L >>> by);
            int entry = table[slot];
            while (entry < 0
                    || entry > 0 && stored[entry - 1 >>> LongChunks.BITS][entry - 1 & LongChunks.MASK] != wanted) {
                slot = slot + 1 & table.length - 1;
                entry = table[slot];
            }
            if (entry == 0 && add) {
                keys[0].set(size, wanted);
                entry = ++size;
                slots[slot] = entry;
                growIfFull();
                table = slots;
                stored = keys[0].arrays();
                by = shift;
            }
            groups[i] = entry - 1;
        }
    }

    private void probeWide(int width, int count, boolean add, int[] groups) {
        for (int i = 0; i < count; i++) {
            long hash = words[0][i];
            for (int w = 1; w < width; w++) {
                hash = mix(hash, words[w][i]);
            }
            int slot = (int) (hash * 0x9E3779B97F4A7C15L >>> shift);
            int entry;
            while ((entry = slots[slot]) != 0 && (entry < 0 || !same(entry - 1, i))) {
                slot = slot + 1 & slots.length - 1;
            }
            if (entry == 0 && add) {
                for (int w = 0; w < width; w++) {
                    keys[w].set(size, words[w][i]);
                }
                entry = ++size;
                slots[slot] = entry;
                growIfFull();
            }
            groups[i] = entry - 1;
        }
    }

    private static long mix(long hash, long word) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return (mixed ^ mixed >>> 29) ^ word;
    }

    private boolean same(int group, int row) {
        for (int w = 0; w < keys.length; w++) {
            if (keys[w].get(group) != words[w][row]) {
                return false;
            }
        }
        return true;
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
                slots[(int) keys[0].get(group)] = group + 1;
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
        long hash = keys[0].get(group);
        for (int w = 1; w < keys.length; w++) {
            hash = mix(hash, keys[w].get(group));
        }
        return hash;
    }

    /** Writes the keys of {@code groups} to {@code target}, one vector per key column, which this prepares. */
    void keys(int[] groups, int count, Vector[] target) {
        Vector[] vectors = parts.lay(target);
        long[] scratch = nulls = Ints.room(nulls, count);
        for (int c = 0; c < columns.length; c++) {
            codes(groups, count, c, scratch);
            columns[c].decode(scratch, count, vectors[c]);
            for (int i = 0; i < count && (anyNull || nullGroup >= 0); i++) {
                if (isNull(groups[i], c)) {
                    vectors[c].setNull(i);
                }
            }
        }
    }

    private void codes(int[] groups, int count, int column, long[] into) {
        KeyLayout by = layout;
        if (by == null) {
            for (int i = 0; i < count; i++) {
                into[i] = keys[0].get(groups[i]);
            }
            return;
        }
        LongChunks in = keys[by.word(column)];
        for (int i = 0; i < count; i++) {
            into[i] = by.code(column, in.get(groups[i]));
        }
        int origin = parts.origin(column);
        for (int i = 0; i < count && origin >= 0; i++) {
            into[i] += isNull(groups[i], origin) ? 0 : by.code(origin, keys[by.word(origin)].get(groups[i]));
        }
    }

    private boolean isNull(int group, int column) {
        KeyLayout by = layout;
        return by == null ? group == nullGroup : (by.nulls(keys[0].get(group)) >>> column & 1) != 0;
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
                slots[(int) keys[0].get(group)] = 0;
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
        long total = 4L * slots.length;
        for (LongChunks word : keys) {
            total += word.bytes();
        }
        for (KeyColumn column : columns) {
            total += column.bytes();
        }
        return total;
    }
}
