package org.tailrace.exec;

import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Writes groups as result rows: the keys in order, the window among them, then the aggregates. */
final class GroupWriter {
    private final int windowKey;
    private final VectorBatch result;
    private final Vector[] keys;
    private final int[] ids;
    private final Rows out;

    /** @param windowKey which column is the window; −1 for none */
    GroupWriter(GroupShape shape, int windowKey, Schema schema, Rows out) {
        this.windowKey = windowKey;
        this.out = out;
        result = VectorBatch.create(schema);
        keys = new Vector[shape.keys().size()];
        int column = 0;
        for (int k = 0; k < keys.length; k++, column++) {
            if (column == windowKey) {
                column++;
            }
            keys[k] = result.columns[column];
        }
        ids = new int[shape.vectorSize()];
    }

    void write(GroupTable table, Ints groups) throws Exception {
        write(table, groups, 0, 0);
    }

    void write(GroupTable table, Ints groups, long startMicros, long endMicros) throws Exception {
        for (int from = 0; from < groups.size; from += ids.length) {
            int count = groups.copy(from, ids);
            table.keys(ids, count, keys);
            int aggregates = keys.length;
            if (windowKey >= 0) {
                window((StructVector) result.columns[windowKey], count, startMicros, endMicros);
                aggregates++;
            }
            table.results(ids, count, result.columns, aggregates);
            result.size = count;
            out.accept(result);
        }
    }

    private static void window(StructVector window, int count, long startMicros, long endMicros) {
        window.prepare(count);
        java.util.Arrays.fill(((LongVector) window.children[0]).values, 0, count, startMicros);
        java.util.Arrays.fill(((LongVector) window.children[1]).values, 0, count, endMicros);
    }

    /** Rows of groups that each have bounds of their own. */
    void write(
            GroupIndex keyIndex,
            Ints keyIds,
            Accumulators accumulators,
            Ints groups,
            LongChunks starts,
            LongChunks ends)
            throws Exception {
        int[] keysOf = new int[ids.length];
        for (int from = 0; from < groups.size; from += ids.length) {
            int count = groups.copy(from, ids);
            keyIds.copy(from, keysOf);
            keyIndex.keys(keysOf, count, keys);
            var window = (StructVector) result.columns[windowKey];
            window.prepare(count);
            for (int i = 0; i < count; i++) {
                ((LongVector) window.children[0]).values[i] = starts.get(ids[i]);
                ((LongVector) window.children[1]).values[i] = ends.get(ids[i]);
            }
            accumulators.results(ids, count, result.columns, keys.length + 1);
            result.size = count;
            out.accept(result);
        }
    }
}
