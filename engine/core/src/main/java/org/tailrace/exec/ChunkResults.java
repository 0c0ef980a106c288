package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.exec.PhysicalPlan.Results;

/** What chunks give at the end of a plan without state: each slot collects, the slots are emptied in order. */
final class ChunkResults implements ChunkRunner.Merger {
    private final Schema schema;
    private final Results out;
    private final List<List<Batch>> slots = new ArrayList<>();

    ChunkResults(Schema schema, Results out) {
        this.schema = schema;
        this.out = out;
    }

    @Override
    public ChunkRunner.Worker worker(int slot, int chunk) {
        while (slots.size() <= slot) {
            slots.add(new ArrayList<>());
        }
        List<Batch> mine = slots.get(slot);
        return rows -> mine.add(rows.shareBatch(schema));
    }

    @Override
    public void done(int slot, int chunk, Tails later) throws Exception {
        for (Batch rows : slots.get(slot)) {
            out.accept(rows);
        }
        slots.get(slot).clear();
    }

    @Override
    public boolean keepsRows() {
        return true;
    }
}
