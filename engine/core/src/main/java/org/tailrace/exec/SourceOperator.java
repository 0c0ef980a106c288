package org.tailrace.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.exec.PhysicalPlan.SourceNode;
import org.tailrace.spi.BatchReader;

/** Reads a source, in place, vector by vector. */
final class SourceOperator extends Operator implements ChunkSource {
    private final SourceNode node;
    private final int vectorSize;
    private final VectorBatch view;
    private final Schema schema;
    private @Nullable List<Batch> replay;
    private int block;

    SourceOperator(SourceNode node, int vectorSize) {
        super("Source " + node.spec().identity(), List.of());
        this.node = node;
        this.vectorSize = vectorSize;
        schema = node.spec().schema();
        view = VectorBatch.create(schema);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        List<Batch> read = replay;
        replay = null;
        if (read == null) {
            read(batch, rows -> Chunk.views(rows, 0, rows.size(), view, vectorSize, out));
        } else {
            batch.block = block;
            for (Batch rows : read) {
                Chunk.views(rows, 0, rows.size(), view, vectorSize, out);
            }
        }
    }

    @Override
    public void replay(List<Batch> rows) {
        replay = rows;
    }

    @Override
    public void read(BatchRun batch, Batches out) throws Exception {
        try (BatchReader reader = batch.open(node)) {
            block = batch.block;
            for (Batch rows = reader.next(); rows != null; rows = reader.next()) {
                batch.sourceRows[node.id()] += rows.size();
                out.accept(rows);
            }
            batch.badSourceRows[node.id()] += reader.badRows();
            reader.badSamples().forEach(batch::noteBad);
        }
    }

    @Override
    public void count(int rows) {
        outputRows = rows < 0 ? 0 : outputRows + rows;
    }
}
