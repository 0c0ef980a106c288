package org.tailrace.exec;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Sink;

/** The sink of a running query and the batch that is on its way into it. The query's thread only. */
final class SinkOutput implements AutoCloseable {
    private final String name;
    private final Sink sink;
    private final OutputMode mode;
    private OptionalLong lastCommitted = OptionalLong.empty();
    private Sink.@Nullable Writer writer;

    SinkOutput(String name, Sink sink, OutputMode mode) {
        this.name = name;
        this.sink = sink;
        this.mode = mode;
    }

    void open(String queryId, long epoch, Schema schema, List<Integer> upsertKeys) throws InterruptedException {
        Outside.sinkAction(name, "being opened", () -> sink.open(queryId, epoch, schema, upsertKeys));
        lastCommitted = Outside.sink(name, "telling its last batch", sink::lastCommitted);
    }

    /** The last batch that the sink itself knows of. */
    OptionalLong lastCommitted() {
        return lastCommitted;
    }

    /** A batch that the sink already has is not written again. */
    void begin(long batchId) throws InterruptedException {
        writer = lastCommitted.isPresent() && lastCommitted.getAsLong() >= batchId
                ? null
                : Outside.sink(name, "beginning batch " + batchId, () -> sink.begin(batchId, mode));
    }

    void append(Batch rows) throws InterruptedException {
        Sink.Writer to = writer;
        if (to != null) {
            Outside.sinkAction(name, "taking rows", () -> to.append(rows));
        }
    }

    void commit() throws InterruptedException {
        Sink.Writer to = writer;
        if (to != null) {
            Outside.sinkAction(name, "committing a batch", to::commit);
            writer = null;
        }
    }

    /** Takes a begun batch back. What the sink says to that is less interesting than the failure that led here. */
    void abort(Throwable failure) {
        Sink.Writer to = writer;
        writer = null;
        if (to != null) {
            try {
                to.abort();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Leaves a begun batch to whoever has taken the query over. */
    void abandon() {
        writer = null;
    }

    @Override
    public void close() throws Exception {
        sink.close();
    }
}
