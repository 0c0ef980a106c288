package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;

/**
 * The rows of a batch that wait for a user's function, by the ids of their keys. They stay in columns, and a row becomes an
 * object only when the function takes it: a batch of a million rows would fill the memory with objects that live just long
 * enough to be moved about.
 *
 * <pre>
 *   arrived    a b a c b …      groups()   a | b | c      in the order of their first rows
 *   group()    a a b b c …      each key's rows, in their order
 * </pre>
 */
final class ArrivedRows {
    private final Schema schema;
    private final List<VectorBatch> batches = new ArrayList<>();

    /** By row, the batch and the row in it. */
    private long[] rows = new long[16];

    private final Ints groupOfRow = new Ints();
    private final Ints keys = new Ints();

    /** By key, its group plus one; 0 for none. Kept clear between batches, since keys may be very many. */
    private int[] groupOfKey = new int[0];

    /** By group, the place of its first row; one more says where the last one ends. */
    private int[] starts = new int[1];

    ArrivedRows(Schema schema) {
        this.schema = schema;
    }

    void clear() {
        batches.clear();
        for (int i = 0; i < keys.size; i++) {
            groupOfKey[keys.values[i]] = 0;
        }
        keys.clear();
        groupOfRow.clear();
    }

    /** Makes a group for a key that may have no rows; says whether there was none. */
    boolean open(int key) {
        int before = keys.size;
        groupOf(key);
        return keys.size > before;
    }

    private int groupOf(int key) {
        if (key >= groupOfKey.length) {
            groupOfKey = Arrays.copyOf(groupOfKey, Math.max(key + 1, groupOfKey.length * 2));
        }
        if (groupOfKey[key] == 0) {
            keys.add(key);
            groupOfKey[key] = keys.size;
        }
        return groupOfKey[key] - 1;
    }

    /** Adds some of these rows, given by their numbers; {@code ids} are the keys of all. */
    void add(VectorBatch from, int[] ids, int[] picked, int count) {
        if (count == 0) {
            return;
        }
        var kept = new VectorBatch(from.columns.clone());
        for (int c = 0; c < kept.columns.length; c++) {
            kept.columns[c] = kept.columns[c].keep();
        }
        kept.size = from.size;
        long batch = (long) batches.size() << 32;
        batches.add(kept);
        int at = groupOfRow.size;
        if (at + count > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(at + count, rows.length * 2));
        }
        for (int i = 0; i < count; i++) {
            rows[at + i] = batch | picked[i];
            groupOfRow.add(groupOf(ids[picked[i]]));
        }
    }

    /** Brings the rows of each key together; none is added after this. */
    void group() {
        starts = Ints.room(starts, keys.size + 1);
        Arrays.fill(starts, 0, keys.size + 1, 0);
        for (int i = 0; i < groupOfRow.size; i++) {
            starts[groupOfRow.values[i] + 1]++;
        }
        for (int g = 0; g < keys.size; g++) {
            starts[g + 1] += starts[g];
        }
        int[] next = Arrays.copyOf(starts, keys.size);
        long[] grouped = new long[groupOfRow.size];
        for (int i = 0; i < groupOfRow.size; i++) {
            grouped[next[groupOfRow.values[i]]++] = rows[i];
        }
        rows = grouped.length == 0 ? rows : grouped;
    }

    int groups() {
        return keys.size;
    }

    int key(int group) {
        return keys.values[group];
    }

    KeyedRows rows(int group) {
        return new KeyedRows(this, starts[group], starts[group + 1]);
    }

    /** The row at a place of {@link #group}. */
    Row row(int place) {
        return batches.get((int) (rows[place] >>> 32)).row((int) rows[place], schema);
    }

    /** Takes out the row at a place, of a group that ends before {@code end}: those behind it move up. */
    void remove(int place, int end) {
        System.arraycopy(rows, place + 1, rows, place, end - place - 1);
    }
}
