package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.VectorBatch;
import org.tailrace.env.Scheduler;

/**
 * Runs the stateless steps between a source and an aggregation, and the aggregation's first half, over chunks of a large
 * batch side by side.
 *
 * <pre>
 *   chunk 0 ── steps ── added to the live groups
 *   chunk 1 ── steps ── groups of its own ──┐
 *   chunk 2 ── steps ── groups of its own ──┴─ merged into the live groups in the order of the chunks
 * </pre>
 *
 * <p>The result follows from the rows and their order alone: whether a chunk is merged or added depends on its number,
 * not on how many threads there are.
 */
final class ChunkRunner {

    /** One thread's part: a place for rows. */
    interface Worker {
        void add(VectorBatch rows);
    }

    /** Opens a worker for the chunk of that number, and takes it back once all chunks before have been taken. */
    interface Merger {
        Worker worker(int slot, int chunk);

        void done(int slot, int chunk) throws Exception;
    }

    private final ChunkSource source;
    private final Scheduler scheduler;
    private final int vectorSize;
    private final List<RowOp> steps = new ArrayList<>();
    private final List<VectorBatch> views = new ArrayList<>();
    private final List<long[]> counts = new ArrayList<>();
    private final List<StatelessOperator> operators;

    private ChunkRunner(ChunkSource source, List<StatelessOperator> operators, Scheduler scheduler, int vectorSize) {
        this.source = source;
        this.operators = operators;
        this.scheduler = scheduler;
        this.vectorSize = vectorSize;
    }

    /** A runner for what is below {@code top}; null if that is more than stateless steps over one leaf. */
    static @Nullable ChunkRunner below(Operator top, Scheduler scheduler, int vectorSize) {
        var operators = new ArrayList<StatelessOperator>();
        Operator at = top;
        while (at instanceof StatelessOperator step && step.apart) {
            operators.add(0, step);
            at = step.child();
        }
        return at instanceof ChunkSource source ? new ChunkRunner(source, operators, scheduler, vectorSize) : null;
    }

    /**
     * Reads the batch. Up to one chunk of rows is given back to be run one vector after another as usual; more is run
     * here.
     *
     * @return the rows not run yet; null if all were run here
     */
    @Nullable
    List<Batch> run(BatchRun batch, Merger merger) throws Exception {
        int slots = scheduler.parallelism();
        source.count(-1);
        operators.forEach(o -> {
            o.outputRows = 0;
            o.nanos = 0;
        });
        var first = new ArrayList<Batch>();
        var waiting = new ArrayList<Chunk>();
        int[] done = {0};
        long[] rows = {0};
        source.read(batch, more -> {
            rows[0] += more.size();
            if (rows[0] <= Chunk.ROWS) {
                first.add(more);
                return;
            }
            for (Batch early : first) {
                done[0] = take(early, waiting, slots, done[0], merger);
            }
            first.clear();
            done[0] = take(more, waiting, slots, done[0], merger);
        });
        if (rows[0] <= Chunk.ROWS) {
            return first;
        }
        wave(waiting, done[0], merger);
        return null;
    }

    /** Rows that {@link #run} gave back are what the leaf gives next. */
    void replay(List<Batch> rows) {
        source.replay(rows);
    }

    private void count(List<Chunk> chunks) {
        for (int slot = 0; slot < chunks.size(); slot++) {
            source.count(chunks.get(slot).size());
            long[] passed = counts.get(slot);
            for (int i = 0; i < passed.length; i++) {
                operators.get(i).outputRows += passed[i];
                passed[i] = 0;
            }
        }
    }

    private int take(Batch rows, List<Chunk> waiting, int slots, int done, Merger merger) throws Exception {
        int at = 0;
        int number = done;
        while (at < rows.size()) {
            if (waiting.isEmpty() || waiting.get(waiting.size() - 1).full()) {
                if (waiting.size() == slots) {
                    number = wave(waiting, number, merger);
                }
                waiting.add(new Chunk());
            }
            at = waiting.get(waiting.size() - 1).fill(rows, at);
        }
        return number;
    }

    private int wave(List<Chunk> chunks, int number, Merger merger) throws Exception {
        List<Callable<Boolean>> pieces = new ArrayList<>();
        for (int slot = 0; slot < chunks.size(); slot++) {
            if (steps.size() == slot) {
                counts.add(new long[operators.size()]);
                steps.add(RowOp.chain(
                        operators.stream().map(StatelessOperator::factory).toList(), counts.get(slot)));
                views.add(VectorBatch.create(source.schema()));
            }
            RowOp chain = steps.get(slot);
            VectorBatch view = views.get(slot);
            Chunk chunk = chunks.get(slot);
            Worker worker = merger.worker(slot, number + slot);
            pieces.add(() -> {
                chunk.forEach(view, vectorSize, rows -> chain.apply(rows, worker::add));
                return true;
            });
        }
        scheduler.runAll(pieces);
        count(chunks);
        for (int slot = 0; slot < chunks.size(); slot++) {
            merger.done(slot, number + slot);
        }
        int next = number + chunks.size();
        chunks.clear();
        return next;
    }
}
