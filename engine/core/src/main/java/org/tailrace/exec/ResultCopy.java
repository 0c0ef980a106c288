package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;

/** The first rows of a batch's result, for its report: at most 10,000 rows or 8 MB. */
final class ResultCopy {
    static final int MAX_ROWS = 10_000;
    static final long MAX_BYTES = 8L << 20;

    private final Schema schema;
    private final List<Batch> pieces = new ArrayList<>();
    private int rows;
    private long bytes;
    private boolean full;

    ResultCopy(Schema schema) {
        this.schema = schema;
    }

    void add(Batch batch) {
        if (full || batch.size() == 0) {
            return;
        }
        VectorBatch view = VectorBatch.create(schema);
        view.view(batch, 0, batch.size());
        int count = 0;
        while (count < batch.size() && rows < MAX_ROWS && bytes < MAX_BYTES) {
            bytes += RowSizes.bytes(view, count++);
            rows++;
        }
        full = count < batch.size();
        if (full) {
            view.view(batch, 0, count);
        }
        pieces.add(full ? view.shareBatch(schema) : batch);
    }

    /** Rows were left out. */
    boolean full() {
        return full;
    }

    long bytes() {
        return bytes;
    }

    Batch build() {
        if (pieces.size() == 1) {
            return pieces.get(0).compact();
        }
        VectorBatch all = VectorBatch.create(schema);
        VectorBatch view = VectorBatch.create(schema);
        Columns.clear(all);
        for (Batch piece : pieces) {
            view.view(piece, 0, piece.size());
            Columns.append(view, all);
        }
        return all.toBatch(schema).compact();
    }
}
