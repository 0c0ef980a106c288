package org.tailrace.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;

/**
 * Looks up the groups of rows whose keys a join has gathered from fewer rows ({@link Vector#origins}): each of those is
 * looked up once, however many partners it has found. The groups are those, and in the order, that looking up every row
 * would give.
 *
 * <pre>
 *   origins   7 7 9 7 9 …          the auction of each bid
 *   looked up 7   9     …          its key of several columns
 *   groups    a a b a b …
 * </pre>
 */
final class RepeatedKeys {
    private final Vector[] distinct;
    private int[] slots = new int[0];
    private int[] first = new int[0];
    private int[] places = new int[0];
    private int[] found = new int[0];

    /** @param keys of the types of the keys */
    RepeatedKeys(Vector[] keys) {
        distinct = new Vector[keys.length];
        for (int k = 0; k < keys.length; k++) {
            distinct[k] = Vector.create(keys[k].type);
        }
    }

    /** The origins that all the keys have; null if there are none, or of one column, which is looked up as fast. */
    static int @Nullable [] origins(Vector[] keys) {
        int[] origins = keys.length < 2 ? null : keys[0].origins;
        for (Vector key : keys) {
            if (key.origins != origins) {
                return null;
            }
        }
        return origins;
    }

    /** Finds the group of each row, or makes it; does nothing but say no if origins hardly repeat. */
    boolean add(GroupIndex index, Vector[] keys, int[] origins, int count, int[] groups) {
        int size = distinct(origins, count);
        if (size > count / 2) {
            return false;
        }
        for (int k = 0; k < keys.length; k++) {
            distinct[k].gather(keys[k], first, size);
        }
        found = Ints.room(found, size);
        index.add(distinct, size, found);
        for (int i = 0; i < count; i++) {
            groups[i] = found[places[i]];
        }
        return true;
    }

    /** Numbers the origins in the order in which they come; stops when there are too many. */
    private int distinct(int[] origins, int count) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, count));
        int mask = (1 << bits) - 1;
        slots = Ints.room(slots, mask + 1);
        Arrays.fill(slots, 0, mask + 1, 0);
        first = Ints.room(first, count);
        places = Ints.room(places, count);
        int size = 0;
        for (int i = 0; i < count; i++) {
            int origin = origins[i];
            int slot = origin * 0x9E3779B9 >>> 32 - bits;
            int entry;
            while ((entry = slots[slot]) != 0 && origins[first[entry - 1]] != origin) {
                slot = slot + 1 & mask;
            }
            if (entry == 0) {
                first[size] = i;
                entry = ++size;
                slots[slot] = entry;
                if (size > count / 2) {
                    return size;
                }
            }
            places[i] = entry - 1;
        }
        return size;
    }
}
