package org.tailrace.connect;

import java.util.List;
import java.util.OptionalLong;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Sink;

/** Puts batches into a {@link MemoryResult}. */
final class MemorySink implements Sink {
    private final MemoryResult result;

    MemorySink(MemoryResult result) {
        this.result = result;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true);
    }

    @Override
    public void open(String queryId, long epoch, Schema schema, List<Integer> upsertKeys) {
        result.open(queryId, schema, upsertKeys);
    }

    @Override
    public OptionalLong lastCommitted() {
        return result.lastCommitted();
    }

    @Override
    public Writer begin(long batchId, OutputMode mode) {
        return new CollectingWriter() {
            @Override
            void commit(List<Batch> rows) {
                result.put(batchId, mode, rows);
            }
        };
    }
}
