package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;

/**
 * Distinct (window, group) pairs of late rows: what Spark would count as dropped after its partial aggregation, for each
 * batch anew.
 */
final class LateGroups {
    private final GroupShape shape;
    private final boolean bySource;
    private GroupIndex index;
    private int block = -1;
    private long before;
    private int[] ids = new int[0];

    /** @param bySource the same pair counts once for each source: sessions, which nothing brings together before that */
    LateGroups(GroupShape shape, boolean bySource) {
        this.shape = shape;
        this.bySource = bySource;
        index = fresh();
    }

    private GroupIndex fresh() {
        List<DataType> types = new ArrayList<>();
        types.add(DataType.BIGINT);
        types.addAll(shape.keyTypes());
        return new GroupIndex(types);
    }

    void clear() {
        before = 0;
        block = -1;
        if (index.size() > 0) {
            index = fresh();
        }
    }

    /** @param window any number that tells windows apart */
    void add(Vector[] keys, int count, long window, int sourceBlock) {
        var windows = new LongVector(DataType.BIGINT);
        windows.prepare(count);
        java.util.Arrays.fill(windows.values, 0, count, window);
        add(keys, count, windows, sourceBlock);
    }

    void add(Vector[] keys, int count, LongVector windows, int sourceBlock) {
        start(sourceBlock);
        Vector[] all = new Vector[keys.length + 1];
        all[0] = windows;
        System.arraycopy(keys, 0, all, 1, keys.length);
        ids = Ints.room(ids, count);
        index.add(all, count, ids);
    }

    private void start(int sourceBlock) {
        if (bySource && sourceBlock != block) {
            before += index.size();
            index = index.size() > 0 ? fresh() : index;
            block = sourceBlock;
        }
    }

    /** Adds the pairs of a part of the same block. */
    void merge(LateGroups part, int sourceBlock) {
        int size = part.index.size();
        if (size == 0) {
            return;
        }
        Vector[] all = new Vector[shape.keys().size() + 1];
        all[0] = new LongVector(DataType.BIGINT);
        System.arraycopy(shape.keyVectors(), 0, all, 1, all.length - 1);
        part.index.keys(Ints.sequence(size), size, all);
        start(sourceBlock);
        ids = Ints.room(ids, size);
        index.add(all, size, ids);
    }

    long count() {
        return before + index.size();
    }
}
