package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Constant rows. */
final class ValuesOperator extends Operator implements ChunkSource {
    private final Batch rows;
    private final int vectorSize;

    ValuesOperator(Batch rows, int vectorSize) {
        super("Values", List.of());
        this.rows = rows;
        this.vectorSize = vectorSize;
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        Chunk.views(rows, 0, rows.size(), VectorBatch.create(rows.schema()), vectorSize, out);
    }

    @Override
    public void read(BatchRun batch, Batches out) throws Exception {
        out.accept(rows);
    }

    @Override
    public void replay(List<Batch> read) {
        // The rows are always at hand.
    }

    @Override
    public void count(int rows) {
        outputRows = rows < 0 ? 0 : outputRows + rows;
    }
}
