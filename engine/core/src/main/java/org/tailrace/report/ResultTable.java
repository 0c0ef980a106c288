package org.tailrace.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;

/**
 * The fold of every result row of a query, for views.
 *
 * <p>The query's thread stages rows as they go to the sink and applies them when the batch is committed; a batch that
 * failed is discarded. Any thread takes snapshots. A batch costs at most what {@link #MAX_ROWS} rows cost, whatever its
 * size: of more rows only the newest are looked at, and as the others may have changed rows that are kept, those are
 * then let go. So a kept row is never stale.
 *
 * <pre>
 *  sink ◀── rows ──▶ stage ──▶ │ staged │ ──commit──▶ │ kept rows │ ──▶ snapshot(limit)
 *                              └──discard──▶ ∅
 * </pre>
 */
public final class ResultTable {
    /** Rows that are kept. */
    public static final int MAX_ROWS = 10_000;

    private final Schema schema;
    private final FoldedRows rows;
    private final boolean ordered;

    // The query's thread only.
    private final Deque<Batch> staged = new ArrayDeque<>();
    private long stagedRows;
    private long keptStaged;

    // Guarded by this.
    private long batchId = -1;
    private long written;

    /**
     * @param roles what identifies a row of an UPSERT, and which column ends its window
     * @param ordered the query sorts its result: a REPLACE then keeps its first rows and shows those first
     */
    public ResultTable(QueryInfo.Fold fold, Schema schema, QueryInfo.Roles roles, boolean ordered) {
        this.schema = schema;
        this.ordered = ordered;
        this.rows = fold == QueryInfo.Fold.ADD ? new AddedRows() : new KeyedRows(fold == QueryInfo.Fold.REPLACE, roles);
    }

    /** Takes rows of the running batch. */
    public void stage(Batch batch) {
        if (batch.size() == 0) {
            return;
        }
        stagedRows += batch.size();
        if (ordered) {
            long room = MAX_ROWS - keptStaged;
            if (room > 0) {
                keep(batch, 0, (int) Math.min(room, batch.size()));
            }
            return;
        }
        int count = Math.min(batch.size(), MAX_ROWS);
        keep(batch, batch.size() - count, count);
        while (keptStaged - staged.getFirst().size() >= MAX_ROWS) {
            keptStaged -= staged.removeFirst().size();
        }
    }

    private void keep(Batch batch, int from, int count) {
        if (count == batch.size()) {
            staged.addLast(batch);
        } else {
            // A copy, so that a kept row does not hold a whole large batch in memory.
            VectorBatch view = VectorBatch.create(schema);
            view.view(batch, from, count);
            staged.addLast(view.toBatch(schema));
        }
        keptStaged += count;
    }

    /** Forgets the running batch. */
    public void discard() {
        staged.clear();
        stagedRows = 0;
        keptStaged = 0;
    }

    /**
     * Applies the running batch.
     *
     * @param watermarkMs the watermark that the batch used: a window whose end it has reached takes no more rows; empty
     *     if windows never become final
     */
    public synchronized void commit(long id, OptionalLong watermarkMs) {
        batchId = id;
        written += stagedRows;
        rows.begin(id, watermarkMs, stagedRows > MAX_ROWS);
        int skip = ordered ? 0 : (int) Math.max(0, keptStaged - MAX_ROWS);
        for (Batch batch : staged) {
            if (skip < batch.size()) {
                rows.put(batch, skip);
            }
            skip = Math.max(0, skip - batch.size());
        }
        rows.end(MAX_ROWS);
        discard();
    }

    /** The newest {@code limit} rows; of an ordered REPLACE the first ones. */
    public synchronized ResultSnapshot snapshot(int limit) {
        List<ResultSnapshot.Entry> entries = rows.entries(limit, ordered);
        return new ResultSnapshot(schema, batchId, entries, rows.size(), written, rows.changed(), rows.added());
    }
}
