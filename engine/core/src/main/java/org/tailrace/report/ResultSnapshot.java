package org.tailrace.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;

/**
 * The folded result of a query as of one batch, newest rows last.
 *
 * @param batchId as of which batch; −1 before the first
 * @param rows a suffix of the kept rows; windows by end, then by first sight
 * @param kept rows in the table
 * @param written rows ever sent to the sink
 * @param changed rows that the last batch changed
 * @param added rows that the last batch added
 */
public record ResultSnapshot(
        Schema schema, long batchId, List<Entry> rows, long kept, long written, long changed, long added) {
    public ResultSnapshot {
        rows = List.copyOf(rows);
    }

    /**
     * @param before the values before the last batch, if that changed them
     * @param lastChange batch that last changed the row
     * @param fresh the last batch added it
     * @param closed will not change any more
     */
    public record Entry(Row row, @Nullable Row before, long lastChange, boolean fresh, boolean closed) {}
}
