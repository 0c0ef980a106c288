package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.Batch;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;

/**
 * Consecutive rows of one source that are pre-aggregated together. Cut by number of rows alone, so that neither the
 * number of threads nor how a reader portions its rows changes a result.
 */
final class Chunk {
    static final int ROWS = 65_536;

    private record Part(Batch rows, int from, int to) {}

    private final List<Part> parts = new ArrayList<>();
    private int size;

    /** Takes rows from {@code from} on until the chunk is full; returns the first row not taken. */
    int fill(Batch rows, int from) {
        int to = Math.min(rows.size(), from + ROWS - size);
        if (to > from) {
            parts.add(new Part(rows, from, to));
            size += to - from;
        }
        return to;
    }

    boolean full() {
        return size == ROWS;
    }

    int size() {
        return size;
    }

    void forEach(VectorBatch view, int vectorSize, Rows out) throws Exception {
        for (Part part : parts) {
            views(part.rows(), part.from(), part.to(), view, vectorSize, out);
        }
    }

    /** Hands rows on in views of at most {@code vectorSize}. */
    static void views(Batch rows, int from, int to, VectorBatch view, int vectorSize, Rows out) throws Exception {
        for (int at = from; at < to; at += vectorSize) {
            view.view(rows, at, Math.min(vectorSize, to - at));
            out.accept(view);
        }
    }
}
