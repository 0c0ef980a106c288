package org.tailrace.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.report.BadRow;

/** The rows of one planned range, batch after batch. */
public interface BatchReader extends AutoCloseable {

    /** The next rows, of any number; null at the end. */
    @Nullable
    Batch next() throws Exception;

    /** Records so far that could not be used. */
    default long badRows() {
        return 0;
    }

    /** At most 100 of them. */
    default List<BadRow> badSamples() {
        return List.of();
    }

    @Override
    default void close() throws Exception {}

    static BatchReader of(List<Batch> batches) {
        var iterator = List.copyOf(batches).iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }
}
