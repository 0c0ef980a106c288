package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/** Rows that a user's function has made and that have not gone on yet. */
final class EmittedRows {
    private final List<Row> rows = new ArrayList<>();
    private final VectorBatch result;

    EmittedRows(Schema schema) {
        result = VectorBatch.create(schema);
    }

    void add(Row row) {
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    /** Takes back what came after. */
    void truncate(int size) {
        rows.subList(size, rows.size()).clear();
    }

    void flush(Rows out, int atLeast) throws Exception {
        if (rows.size() < atLeast) {
            return;
        }
        Columns.clear(result);
        for (Row row : rows) {
            for (int c = 0; c < result.columns.length; c++) {
                result.columns[c].appendValue(row.get(c));
            }
        }
        result.size = rows.size();
        rows.clear();
        out.accept(result);
    }
}
