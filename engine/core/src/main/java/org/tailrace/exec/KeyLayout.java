package org.tailrace.exec;

import java.util.Arrays;

/**
 * Where the codes of a key's columns lie in one or more longs, its words. A code lies there as its distance from the
 * column's base, in as many bits as the column's values have needed so far and at least one more, so that times and
 * identities beside each other mostly fit in one word although each is a long.
 *
 * <pre>
 *   word 0   | NULL bits | time − base, 37 bits | category, 6 | id − base, 18 |
 *   word 1   | …
 * </pre>
 *
 * A code that does not fit asks for a new layout; as the range of a column at least doubles each time, that happens
 * seldom.
 */
final class KeyLayout {
    /** Of the NULL bits, one a column, which lie on top of the first word. */
    private final int nullShift;

    /** Longs per key. */
    final int width;

    private final long[] bases;
    private final int[] bits;
    private final int[] words;
    private final int[] shifts;

    /**
     * @param least the least and the greatest code of each column so far; less than the least if there was none
     * @param columns say how many bits a code can need
     */
    KeyLayout(KeyColumn[] columns, long[] least, long[] greatest) {
        int n = columns.length;
        bases = new long[n];
        bits = new int[n];
        words = new int[n];
        shifts = new int[n];
        nullShift = 64 - n;
        for (int c = 0; c < n; c++) {
            bits[c] = Math.min(columns[c].bits(), 1 + length(columns[c].pooled() ? 0 : least[c], greatest[c]));
        }
        width = place();
        spread(columns);
        for (int c = 0; c < n; c++) {
            bases[c] = base(columns[c], bits[c], least[c], greatest[c]);
        }
        int[] used = new int[width];
        for (int c = 0; c < n; c++) {
            shifts[c] = used[words[c]];
            used[words[c]] += bits[c];
        }
    }

    private static int length(long least, long greatest) {
        return least > greatest ? 0 : 64 - Long.numberOfLeadingZeros(greatest - least);
    }

    /** Puts the widest columns first, each into the first word with room; says how many words there are. */
    private int place() {
        int n = bits.length;
        int[] room = new int[n + 1];
        Arrays.fill(room, 64);
        room[0] = nullShift;
        boolean[] placed = new boolean[n];
        int most = 0;
        for (int i = 0; i < n; i++) {
            int widest = -1;
            for (int c = 0; c < n; c++) {
                if (!placed[c] && (widest < 0 || bits[c] > bits[widest])) {
                    widest = c;
                }
            }
            int word = 0;
            while (room[word] < bits[widest]) {
                word++;
            }
            placed[widest] = true;
            words[widest] = word;
            room[word] -= bits[widest];
            most = Math.max(most, word);
        }
        return most + 1;
    }

    /** Gives the bits that are left in each word to its columns, in turn. */
    private void spread(KeyColumn[] columns) {
        for (int word = 0; word < width; word++) {
            int room = word == 0 ? nullShift : 64;
            for (int c = 0; c < bits.length; c++) {
                room -= words[c] == word ? bits[c] : 0;
            }
            boolean any = true;
            while (any) {
                any = false;
                for (int c = 0; c < bits.length && room > 0; c++) {
                    if (words[c] == word && bits[c] < columns[c].bits()) {
                        bits[c]++;
                        room--;
                        any = true;
                    }
                }
            }
        }
    }

    /** Times and identities mostly grow: three quarters of the room to spare is above. */
    private static long base(KeyColumn column, int bits, long least, long greatest) {
        if (bits == 64 || least > greatest) {
            return 0;
        }
        if (bits == column.bits() || column.pooled()) {
            return column.least();
        }
        long spare = (1L << bits) - 1 - (greatest - least);
        return least - (spare >>> 2);
    }

    /** Whether the first {@code count} codes of a column all fit. */
    boolean fits(int column, long[] codes, int count) {
        if (bits[column] == 64) {
            return true;
        }
        long base = bases[column];
        int by = bits[column];
        long beyond = 0;
        for (int i = 0; i < count; i++) {
            beyond |= codes[i] - base >>> by;
        }
        return beyond == 0;
    }

    boolean fits(int column, long code) {
        return bits[column] == 64 || code - bases[column] >>> bits[column] == 0;
    }

    /** A code that fits, for a NULL to have. */
    long base(int column) {
        return bases[column];
    }

    /** The words of the first {@code count} keys. Codes that do not fit make words of other keys. */
    void pack(long[][] codes, long[] nulls, int count, long[][] out) {
        for (int w = 0; w < width; w++) {
            long[] word = out[w];
            if (w == 0) {
                for (int i = 0; i < count; i++) {
                    word[i] = nulls[i] << nullShift;
                }
            } else {
                Arrays.fill(word, 0, count, 0);
            }
            for (int c = 0; c < bits.length; c++) {
                if (words[c] == w) {
                    add(codes[c], bases[c], mask(c), shifts[c], count, word);
                }
            }
        }
    }

    private static void add(long[] codes, long base, long mask, int shift, int count, long[] word) {
        for (int i = 0; i < count; i++) {
            word[i] |= (codes[i] - base & mask) << shift;
        }
    }

    private long mask(int column) {
        return bits[column] == 64 ? -1L : (1L << bits[column]) - 1;
    }

    int word(int column) {
        return words[column];
    }

    /** A column's code, given the word in which it lies. */
    long code(int column, long word) {
        return (word >>> shifts[column] & mask(column)) + bases[column];
    }

    /** The NULL bits, given the first word. */
    long nulls(long word) {
        return word >>> nullShift;
    }
}
