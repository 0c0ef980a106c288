package org.tailrace.exec;

import java.util.List;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.plan.MapSpec;

/** A user's function from a row to rows. */
final class MapBatchesOperator extends Operator {
    private final MapSpec spec;
    private final Schema input;
    private final UserCode userCode;
    private final VectorBatch result;

    MapBatchesOperator(Operator child, MapSpec spec, Schema input, PlannerOptions options) {
        super(spec.name(), List.of(child));
        this.spec = spec;
        this.input = input;
        userCode = new UserCode(spec.name(), options.onError());
        result = VectorBatch.create(spec.output());
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        child().run(batch, rows -> {
            Columns.clear(result);
            for (int i = 0; i < rows.size; i++) {
                int before = result.size;
                try {
                    spec.function().apply(rows.row(i, input), this::emit);
                } catch (Exception | StackOverflowError e) {
                    takeBack(before);
                    userCode.failed(e, batch, LateRows.text(rows, i));
                }
            }
            out.accept(result);
        });
    }

    private void emit(Row row) {
        for (int c = 0; c < result.columns.length; c++) {
            result.columns[c].appendValue(row.get(c));
        }
        result.size++;
    }

    /** What a failing call emitted before it threw does not count. */
    private void takeBack(int size) {
        for (int c = 0; c < result.columns.length; c++) {
            Vector own = Vector.create(result.columns[c].type);
            own.prepare(0);
            for (int i = 0; i < size; i++) {
                own.append(result.columns[c], i);
            }
            result.columns[c] = own;
        }
        result.size = size;
    }
}
