package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.state.StateLog;

/** Collects what a batch changed, in the columns of a state log. */
final class StateRows {
    private final StateLog.Layout layout;
    private final Schema keySchema;
    final VectorBatch upserts;
    final VectorBatch removed;

    StateRows(StateLog.Layout layout) {
        this.layout = layout;
        keySchema = new Schema(layout.row().fields().subList(0, layout.keyColumns()));
        upserts = VectorBatch.create(layout.row());
        removed = VectorBatch.create(keySchema);
        Columns.clear(upserts);
        Columns.clear(removed);
    }

    void commit(StateLog log, long version) throws IOException {
        log.commit(version, upserts.toBatch(layout.row()), removed.toBatch(keySchema));
    }

    static StateLog.Layout layout(String operator, List<Field> keys, List<String> names, List<DataType> types) {
        var fields = new ArrayList<>(keys);
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field(names.get(i), types.get(i), true));
        }
        return new StateLog.Layout(operator, new Schema(fields), keys.size());
    }

    /** Appends rows of {@code source} to columns of {@code target} from {@code at} on. */
    static void append(Vector[] source, int count, VectorBatch target, int at) {
        for (int c = 0; c < source.length; c++) {
            Vector column = target.columns[at + c];
            for (int i = 0; i < count; i++) {
                column.append(source[c], i);
            }
        }
    }

    @FunctionalInterface
    interface Loader {
        void accept(VectorBatch rows);
    }

    /** Reads all state of a version, in views of at most {@code vectorSize} rows. */
    static void load(StateLog log, long version, Schema schema, int vectorSize, Loader loader) throws IOException {
        VectorBatch view = VectorBatch.create(schema);
        log.load(version, rows -> {
            for (int at = 0; at < rows.size(); at += vectorSize) {
                view.view(rows, at, Math.min(vectorSize, rows.size() - at));
                loader.accept(view);
            }
        });
    }
}
