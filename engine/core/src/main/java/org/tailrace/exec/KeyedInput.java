package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.LongVector;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Typed;
import org.tailrace.plan.StatefulSpec;
import org.tailrace.plan.StatefulSpec.Timeout;

/** The input of an operator with a user's function over keys: each row's key, and which rows are late. */
final class KeyedInput {
    private final StatefulSpec spec;
    final Schema schema;
    private final Evaluator[] keyEvaluators;
    private final int time;
    private final TimeText text;
    private final UserCode userCode;
    private final VectorBatch keyRows;

    /**
     * @param keyExpressions over the input; empty if the spec's function makes the key
     * @param time ordinal of the event time; −1 for none
     */
    KeyedInput(
            StatefulSpec spec,
            List<Typed> keyExpressions,
            Schema schema,
            int time,
            TimeText text,
            UserCode userCode,
            PlannerOptions options) {
        this.spec = spec;
        this.schema = schema;
        this.time = time;
        this.text = text;
        this.userCode = userCode;
        keyEvaluators = keyExpressions.stream().map(options::compile).toArray(Evaluator[]::new);
        keyRows = VectorBatch.create(spec.key());
    }

    /** The columns of the rows' keys; marks in {@code bad} the rows whose key the user's function could not make. */
    Vector[] keys(VectorBatch rows, boolean[] bad, BatchRun batch) throws Exception {
        Vector[] columns = new Vector[spec.key().size()];
        var function = spec.keyFunction().orElse(null);
        if (function == null) {
            for (int k = 0; k < columns.length; k++) {
                columns[k] = keyEvaluators[k].evaluate(rows);
            }
            return columns;
        }
        Columns.clear(keyRows);
        for (int i = 0; i < rows.size; i++) {
            Row key = null;
            try {
                key = keyRow(function.apply(row(rows, i)));
            } catch (Exception | StackOverflowError e) {
                userCode.failed(e, batch, LateRows.text(rows, i));
                bad[i] = true;
            }
            for (int k = 0; k < columns.length; k++) {
                keyRows.columns[k].appendValue(key == null ? null : key.get(k));
            }
        }
        System.arraycopy(keyRows.columns, 0, columns, 0, columns.length);
        return columns;
    }

    private Row keyRow(Object key) {
        return key instanceof Row row ? row : new Row(spec.key(), List.of(key));
    }

    Row row(VectorBatch rows, int row) {
        return rows.row(row, schema);
    }

    /** The key of a row, from the columns that {@link #keys} gave. */
    Row key(Vector[] columns, int row) {
        var values = new ArrayList<@Nullable Object>();
        for (Vector column : columns) {
            values.add(column.get(row));
        }
        return new Row(spec.key(), values);
    }

    /** Whether the watermark has passed the row; then it is counted. */
    boolean late(VectorBatch rows, int row, LateRows late, long lateWatermarkMs, BatchRun batch) {
        if (spec.timeout() != Timeout.EVENT_TIME || time < 0 || rows.columns[time].isNull(row)) {
            return false;
        }
        var times = (LongVector) rows.columns[time];
        long at = times.values[times.offset + row];
        if (at > StatefulOperator.passedMicros(lateWatermarkMs)) {
            return false;
        }
        if (late.count()) {
            late.sample(rows, row, at, batch.context.batchTimeMs(), text.late(at, lateWatermarkMs));
        }
        return true;
    }
}
