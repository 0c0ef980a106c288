package org.tailrace.connect;

import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.function.BatchFunction;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Sink;

/** Gives each batch's rows, also none, to a function, all at once. A batch that is run again is given again, with the same id. */
final class BatchFunctionSink implements Sink {
    private final String kind;
    private final BatchFunction<Batch> function;
    private Schema schema = new Schema(List.of());

    BatchFunctionSink(String kind, BatchFunction<Batch> function) {
        this.kind = kind;
        this.function = function;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(false);
    }

    @Override
    public void open(String queryId, long epoch, Schema rows, List<Integer> upsertKeys) {
        schema = rows;
    }

    @Override
    public Writer begin(long batchId, OutputMode mode) {
        return new CollectingWriter() {
            @Override
            void commit(List<Batch> rows) throws Exception {
                Batch all = MemoryResult.concat(schema, rows);
                UserCode.call(kind, batchId, "", () -> function.accept(all, batchId));
            }
        };
    }
}
