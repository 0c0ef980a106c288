package org.tailrace.connect;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.spi.Sink;

/** Holds a batch's rows until they are all there. */
abstract class CollectingWriter implements Sink.Writer {
    private final List<Batch> rows = new ArrayList<>();

    abstract void commit(List<Batch> all) throws Exception;

    @Override
    public void append(Batch more) {
        rows.add(more);
    }

    @Override
    public void commit() throws Exception {
        commit(rows);
    }

    @Override
    public void abort() {
        rows.clear();
    }
}
