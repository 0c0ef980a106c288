package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.VectorBatch;
import org.tailrace.env.Scheduler;

/** Chunks of one source. */
final class SourceChunks extends ChunkRunner {

    /** What must have happened before the first chunk is run. */
    @FunctionalInterface
    interface Preparation {
        void run() throws Exception;
    }

    private final ChunkSource source;
    private final ChunkSteps steps;
    private final Scheduler scheduler;
    private final int vectorSize;
    private final List<VectorBatch> views = new ArrayList<>();

    SourceChunks(ChunkSource source, ChunkSteps steps, Scheduler scheduler, int vectorSize) {
        this.source = source;
        this.steps = steps;
        this.scheduler = scheduler;
        this.vectorSize = vectorSize;
    }

    @Override
    boolean run(BatchRun batch, Merger merger) throws Exception {
        List<Batch> rest = run(batch, merger, () -> {});
        if (rest != null) {
            source.replay(rest);
        }
        return rest == null;
    }

    /** Runs the batch if it has more rows than one chunk; else gives its rows. */
    @Nullable
    List<Batch> run(BatchRun batch, Merger merger, Preparation first) throws Exception {
        source.count(-1);
        steps.begin();
        var waves = new Waves(merger);
        var held = new ArrayList<Batch>();
        long[] rows = {0};
        source.read(batch, more -> {
            boolean small = rows[0] <= Chunk.ROWS;
            rows[0] += more.size();
            if (rows[0] <= Chunk.ROWS) {
                held.add(more);
                return;
            }
            if (small) {
                first.run();
                steps.prepare(batch);
            }
            for (Batch early : held) {
                waves.take(early);
            }
            held.clear();
            waves.take(more);
        });
        if (rows[0] <= Chunk.ROWS) {
            return held;
        }
        waves.finish();
        return null;
    }

    /** Runs rows that {@link #run} gave as one chunk. */
    void runOne(BatchRun batch, List<Batch> rows, Merger merger) throws Exception {
        steps.prepare(batch);
        var waves = new Waves(merger);
        for (Batch some : rows) {
            waves.take(some);
        }
        waves.finish();
    }

    /** Rows that {@link #run} gave are what the source gives next. */
    void replay(List<Batch> rows) {
        source.replay(rows);
    }

    /** Cuts rows into chunks and runs as many at a time as there are threads. */
    private final class Waves {
        private final Merger merger;
        private final int slots = scheduler.parallelism();
        private final List<Chunk> waiting = new ArrayList<>();
        private final Tails tails = new Tails();
        private int number;

        Waves(Merger merger) {
            this.merger = merger;
        }

        void take(Batch rows) throws Exception {
            int at = 0;
            while (at < rows.size()) {
                if (waiting.isEmpty() || waiting.get(waiting.size() - 1).full()) {
                    if (waiting.size() == slots) {
                        run();
                    }
                    waiting.add(new Chunk());
                }
                at = waiting.get(waiting.size() - 1).fill(rows, at);
            }
        }

        void run() throws Exception {
            List<Callable<Boolean>> pieces = tails.take();
            for (int slot = 0; slot < waiting.size(); slot++) {
                if (views.size() == slot) {
                    views.add(VectorBatch.create(source.schema()));
                }
                RowOp chain = steps.chain(slot);
                VectorBatch view = views.get(slot);
                Chunk chunk = waiting.get(slot);
                Worker worker = merger.worker(slot, number + slot);
                pieces.add(() -> {
                    chunk.forEach(view, vectorSize, rows -> chain.apply(rows, worker::add));
                    return true;
                });
            }
            scheduler.runAll(pieces);
            for (int slot = 0; slot < waiting.size(); slot++) {
                source.count(waiting.get(slot).size());
                steps.count(slot);
                merger.done(slot, number + slot, tails);
            }
            number += waiting.size();
            waiting.clear();
        }

        void finish() throws Exception {
            run();
            scheduler.runAll(tails.take());
        }
    }
}
