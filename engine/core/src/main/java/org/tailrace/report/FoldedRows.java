package org.tailrace.report;

import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Batch;

/** The kept rows of a {@link ResultTable}. Not thread-safe. */
interface FoldedRows {

    /** @param overflow the batch has more rows than are kept, so no earlier row can be trusted to be up to date */
    void begin(long batchId, OptionalLong watermarkMs, boolean overflow);

    /** The rows of {@code batch} from {@code from} on. */
    void put(Batch batch, int from);

    /** Lets the oldest rows beyond {@code limit} go. */
    void end(int limit);

    long size();

    /** Rows that the last batch changed. */
    long changed();

    /** Rows that the last batch added. */
    long added();

    /** The last {@code limit} rows, or the first ones, always in order. */
    List<ResultSnapshot.Entry> entries(int limit, boolean first);
}
