package org.tailrace.exec;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.VectorBatch;
import org.tailrace.env.Scheduler;

/**
 * Runs what is between sources and an aggregation, and the aggregation's first half, over chunks of a large batch side by
 * side.
 *
 * <pre>
 *   chunk 0 ── steps ── added to the live groups
 *   chunk 1 ── steps ── groups of its own ──┐
 *   chunk 2 ── steps ── groups of its own ──┴─ merged into the live groups in the order of the chunks
 * </pre>
 *
 * <p>Merging goes on while the next chunks are run. The result follows from the rows and their order alone: whether a chunk is merged or added depends on its number,
 * not on how many threads there are.
 */
abstract class ChunkRunner {

    /** One thread's part: a place for rows. */
    interface Worker {
        void add(VectorBatch rows) throws Exception;
    }

    /**
     * Opens a worker for the chunk of that number, and takes it back once all chunks before have been taken; what may be done
     * beside later chunks it leaves for later.
     */
    interface Merger {
        Worker worker(int slot, int chunk);

        void done(int slot, int chunk, Tails later) throws Exception;

        /** Whether all rows that a chunk gives are kept until the chunk's turn comes. */
        default boolean keepsRows() {
            return false;
        }
    }

    /** A runner for what is below {@code top}; null if that is more than steps that look at rows apart, over leaves. */
    static @Nullable ChunkRunner below(Operator top, Scheduler scheduler, int vectorSize) {
        var operators = new ArrayList<ApartOperator>();
        Operator at = top;
        while (at instanceof ApartOperator step && step.apart()) {
            operators.add(0, step);
            at = step.input();
        }
        var steps = new ChunkSteps(operators);
        if (at instanceof ChunkSource source) {
            return new SourceChunks(source, steps, scheduler, vectorSize);
        }
        return at instanceof StreamJoinOperator join ? JoinChunks.of(join, steps, scheduler, vectorSize) : null;
    }

    /**
     * Reads the batch and runs it, if it has more rows than one chunk; says whether it did. Otherwise the operators are to
     * be run as usual, and get the rows that were read.
     */
    abstract boolean run(BatchRun batch, Merger merger) throws Exception;
}
