package org.tailrace.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.data.ValueBytes;
import org.tailrace.data.VectorBatch;

/**
 * What happened to the state of one operator since a snapshot, by key: enough to turn the rows of the snapshot into those
 * of a later version while they pass by, so that never more than the changes are held in memory.
 *
 * <pre>
 *  snapshot   a b c d        changes  b′  −c  e  −d d′
 *  passing    a b′ ·  ·      then     e d′
 * </pre>
 *
 * Rows keep the order in which they were first written; a key that was removed and written again comes last. The hash
 * table holds hashes and places of rows only, keys are compared in their batches.
 */
final class StateChanges {
    private final Schema row;
    private final Schema keys;
    private final List<VectorBatch> batches = new ArrayList<>();

    // by entry, in the order in which keys were first met
    private int[] hashes = new int[16];
    private int[] batchOf = new int[16];
    private int[] rowOf = new int[16];
    private int entries;
    private final BitSet removed = new BitSet();
    /** Removed and written again: not where the snapshot has them. */
    private final BitSet reborn = new BitSet();
    /** Met in the snapshot. */
    private final BitSet passed = new BitSet();

    /** Entry plus one by slot, 0 is free. */
    private int[] slots = new int[32];

    private final ValueBytes wanted = new ValueBytes();
    private final ValueBytes other = new ValueBytes();

    StateChanges(StateLog.Layout layout) {
        row = layout.row();
        keys = new Schema(row.fields().subList(0, layout.keyColumns()));
    }

    Schema row() {
        return row;
    }

    Schema keys() {
        return keys;
    }

    /** The changes of the next version. */
    void add(Batch upserts, Batch gone) {
        VectorBatch lost = view(gone, keys);
        for (int i = 0; i < lost.size; i++) {
            int slot = slot(lost, i);
            removed.set(slots[slot] == 0 ? enter(slot, i) : slots[slot] - 1);
        }
        VectorBatch changed = view(upserts, row);
        for (int i = 0; i < changed.size; i++) {
            int slot = slot(changed, i);
            int entry = slots[slot] - 1;
            if (entry < 0) {
                enter(slot, i);
            } else if (removed.get(entry)) {
                reborn.set(enter(slot, i));
            } else {
                batchOf[entry] = batches.size() - 1;
                rowOf[entry] = i;
            }
        }
    }

    private VectorBatch view(Batch batch, Schema schema) {
        VectorBatch view = VectorBatch.create(schema);
        view.view(batch, 0, batch.size());
        if (view.size > 0) {
            batches.add(view);
        }
        return view;
    }

    /** The slot of a row's key, or the free one where it belongs. Leaves its bytes in {@link #wanted}. */
    private int slot(VectorBatch rows, int at) {
        key(rows, at, wanted);
        int hash = hash(wanted);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && !(hashes[slots[slot] - 1] == hash && same(slots[slot] - 1))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean same(int entry) {
        key(batches.get(batchOf[entry]), rowOf[entry], other);
        return Arrays.equals(wanted.bytes, 0, wanted.length, other.bytes, 0, other.length);
    }

    private void key(VectorBatch rows, int at, ValueBytes into) {
        into.clear();
        for (int i = 0; i < keys.size(); i++) {
            into.write(rows.columns[i], at);
        }
    }

    private static int hash(ValueBytes key) {
        long hash = key.length;
        for (int i = 0; i < key.length; i++) {
            hash = hash * 31 + key.bytes[i];
        }
        hash *= 0x9E3779B97F4A7C15L;
        return (int) (hash ^ hash >>> 32);
    }

    /** A new entry in a slot, for the row that was looked up last, which is in the newest batch. */
    private int enter(int slot, int at) {
        if (entries == hashes.length) {
            hashes = Arrays.copyOf(hashes, entries * 2);
            batchOf = Arrays.copyOf(batchOf, entries * 2);
            rowOf = Arrays.copyOf(rowOf, entries * 2);
        }
        hashes[entries] = hash(wanted);
        batchOf[entries] = batches.size() - 1;
        rowOf[entries] = at;
        slots[slot] = ++entries;
        if (entries * 2 > slots.length) {
            rehash();
        }
        return entries - 1;
    }

    private void rehash() {
        int[] old = slots;
        slots = new int[old.length * 2];
        int mask = slots.length - 1;
        for (int entry : old) {
            if (entry != 0) {
                int slot = hashes[entry - 1] & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    interface Taker {
        void take(VectorBatch rows, int at) throws IOException;
    }

    /** Hands on what rows of the snapshot have become. */
    void pass(Batch snapshot, Taker to) throws IOException {
        VectorBatch rows = VectorBatch.create(row);
        rows.view(snapshot, 0, snapshot.size());
        for (int i = 0; i < rows.size; i++) {
            int entry = entries == 0 ? -1 : slots[slot(rows, i)] - 1;
            if (entry < 0) {
                to.take(rows, i);
            } else if (!removed.get(entry) && !reborn.get(entry)) {
                passed.set(entry);
                to.take(batches.get(batchOf[entry]), rowOf[entry]);
            }
        }
    }

    /** Hands on the rows that the snapshot does not have, after all of it has passed. */
    void rest(Taker to) throws IOException {
        for (int entry = 0; entry < entries; entry++) {
            if (!removed.get(entry) && !passed.get(entry)) {
                to.take(batches.get(batchOf[entry]), rowOf[entry]);
            }
        }
    }
}
