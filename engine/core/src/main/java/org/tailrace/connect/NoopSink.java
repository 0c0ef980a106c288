package org.tailrace.connect;

import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Sink;

/** Takes rows and does nothing with them. */
final class NoopSink implements Sink {
    @Override
    public Capabilities capabilities() {
        return new Capabilities(true);
    }

    @Override
    public void open(String queryId, long epoch, Schema schema, List<Integer> upsertKeys) {}

    @Override
    public Writer begin(long batchId, OutputMode mode) {
        return new Writer() {
            @Override
            public void append(Batch rows) {}

            @Override
            public void commit() {}

            @Override
            public void abort() {}
        };
    }
}
