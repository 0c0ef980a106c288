package org.tailrace.exec;

import java.io.IOException;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.state.StateLog;

/** LIMIT over a stream: its first rows, counted across batches. */
final class StreamLimitOperator extends StatefulOperator {
    private final long limit;
    private final VectorBatch part;
    private final StateLog.Layout layout;
    private long taken;
    private long takenBefore;

    StreamLimitOperator(String name, String stateName, Operator child, long limit, Schema schema) {
        super(name, List.of(child));
        this.limit = limit;
        part = VectorBatch.create(schema);
        layout = StateRows.layout(
                stateName,
                List.of(new Field("id", DataType.BIGINT, false)),
                List.of("taken"),
                List.of(DataType.BIGINT));
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        child().run(batch, rows -> {
            int count = (int) Math.min(rows.size, limit - taken);
            taken += count;
            if (count > 0) {
                out.accept(SliceOperator.slice(rows, 0, count, part));
            }
        });
    }

    @Override
    String nothing(Explanations words) {
        return taken < limit
                ? ""
                : "the limit of " + Explanations.rows(limit)
                        + " is reached: no more come out, and the query can be stopped";
    }

    @Override
    boolean wantsNoDataBatch() {
        return false;
    }

    @Override
    List<StateLog.Layout> layouts() {
        return List.of(layout);
    }

    @Override
    void load(List<StateLog> logs, long version) throws IOException {
        taken = 0;
        StateRows.load(logs.get(0), version, layout.row(), 1, rows -> {
            var counts = (LongVector) rows.columns[1];
            taken = counts.values[counts.offset];
        });
        takenBefore = taken;
    }

    @Override
    void save(List<StateLog> logs, long version) throws IOException {
        var changes = new StateRows(layout);
        if (taken != takenBefore) {
            ((LongVector) changes.upserts.columns[0]).append(0, true);
            ((LongVector) changes.upserts.columns[1]).append(taken, true);
            changes.upserts.size = 1;
        }
        changes.commit(logs.get(0), version);
    }

    @Override
    void commit() {
        takenBefore = taken;
    }

    @Override
    void rollback() {
        taken = takenBefore;
    }

    @Override
    long stateRows() {
        return taken > 0 ? 1 : 0;
    }

    @Override
    long stateBytes() {
        return 16;
    }

    @Override
    long updatedRows() {
        return taken != takenBefore ? 1 : 0;
    }

    @Override
    long removedRows() {
        return 0;
    }
}
