package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/**
 * Looks for the partners of a chunk of one side's rows, on any thread, while neither side changes; keeps the rows until the
 * query's thread adds them to their side.
 */
final class JoinProbe {
    private final JoinKeys keys;
    private final JoinArrivals arrivals;
    private final JoinPairs pairs;
    private final GroupIndex reader;
    private final JoinSide other;
    private final boolean isLeft;

    private long lateWatermarkMs;
    private long batchTimeMs;
    final LateRows late = new LateRows();
    final List<Arrived> arrived = new ArrayList<>();
    long joined;

    /** Rows that arrived, and the numbers of their keys: −1 for one not known then. */
    record Arrived(VectorBatch rows, int[] ids) {}

    /** @param reader of the index of both sides' keys */
    JoinProbe(
            JoinKeys keys, JoinArrivals arrivals, JoinPairs pairs, GroupIndex reader, JoinSide other, boolean isLeft) {
        this.keys = keys;
        this.arrivals = arrivals;
        this.pairs = pairs;
        this.reader = reader;
        this.other = other;
        this.isLeft = isLeft;
    }

    /** Before a chunk, on the query's thread. */
    void begin(GroupIndex index, long lateMs, long timeMs) {
        reader.follow(index);
        lateWatermarkMs = lateMs;
        batchTimeMs = timeMs;
        late.clear();
        arrived.clear();
        joined = 0;
    }

    void add(VectorBatch more, Rows out) throws Exception {
        VectorBatch intime = arrivals.inTime(more, lateWatermarkMs, batchTimeMs, late);
        Vector[] columns = keys.evaluate(intime);
        VectorBatch rows = arrivals.withKeys(intime, keys, columns);
        if (rows.size == 0) {
            return;
        }
        int[] ids = new int[rows.size];
        reader.find(rows == intime ? columns : keys.evaluate(rows), rows.size, ids);
        JoinPairs.RowSource arriving = new BatchRows(rows);
        other.collect(ids, rows.size, pairs);
        pairs.filter(arriving, other.rows(), isLeft);
        arrived.add(new Arrived(kept(rows), ids));
        pairs.write(arriving, other.rows(), isLeft, result -> {
            joined += result.size;
            out.accept(result);
        });
    }

    private static VectorBatch kept(VectorBatch rows) {
        var columns = new Vector[rows.columns.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = rows.columns[c].keep();
        }
        var kept = new VectorBatch(columns);
        kept.size = rows.size;
        return kept;
    }
}
