package org.tailrace.state;

import java.io.IOException;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/** Gathers rows of one operator and hands them on some thousands at a time. */
final class StateRowsOut {
    private static final int ROWS = 8192;

    private final int operator;
    private final Schema schema;
    private final StateFiles.Rows to;
    private final VectorBatch rows;

    StateRowsOut(int operator, Schema schema, StateFiles.Rows to) {
        this.operator = operator;
        this.schema = schema;
        this.to = to;
        rows = VectorBatch.create(schema);
        clear();
    }

    private void clear() {
        for (Vector column : rows.columns) {
            column.prepare(0);
        }
        rows.size = 0;
    }

    void take(VectorBatch from, int at) throws IOException {
        for (int c = 0; c < rows.columns.length; c++) {
            rows.columns[c].append(from.columns[c], at);
        }
        if (++rows.size == ROWS) {
            end();
        }
    }

    /** Hands on what there is. */
    void end() throws IOException {
        if (rows.size > 0) {
            to.rows(operator, rows.toBatch(schema));
            clear();
        }
    }
}
