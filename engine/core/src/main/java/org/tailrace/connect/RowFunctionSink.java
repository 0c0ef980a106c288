package org.tailrace.connect;

import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.function.RowFunction;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Sink;

/** Gives every row to a function when its batch is complete. A batch that is run again is given again. */
final class RowFunctionSink implements Sink {
    private final RowFunction<Row> function;

    RowFunctionSink(RowFunction<Row> function) {
        this.function = function;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(false);
    }

    @Override
    public void open(String queryId, long epoch, Schema schema, List<Integer> upsertKeys) {}

    @Override
    public Writer begin(long batchId, OutputMode mode) {
        return new CollectingWriter() {
            @Override
            void commit(List<Batch> batches) throws Exception {
                for (Batch batch : batches) {
                    for (int i = 0; i < batch.size(); i++) {
                        Row row = batch.row(i);
                        UserCode.call("forEach", batchId, row.toString(), () -> function.accept(row));
                    }
                }
            }
        };
    }
}
