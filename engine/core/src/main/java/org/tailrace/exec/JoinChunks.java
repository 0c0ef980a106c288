package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.env.Scheduler;

/**
 * Chunks of both sides of an inner join of streams, the left ones first.
 *
 * <pre>
 *   chunk n     ── steps ── partners on the other side ── steps above ── worker ─┐
 *   chunk n + 1 ── steps ── partners on the other side ── steps above ── worker ─┴─ rows join their own side, in order
 * </pre>
 *
 * <p>While chunks of one side look for partners the other side does not change, so nothing depends on which thread is
 * first.
 */
final class JoinChunks extends ChunkRunner {
    /** Of rows that are added to their side; the other lane is the merger's. */
    private static final int OWN_LANE = 1;

    /** Beyond so many pairs a row, results that are kept chunk by chunk could take too much memory. */
    private static final long MANY_PAIRS = 16;

    private final StreamJoinOperator join;
    private final SourceChunks left;
    private final SourceChunks right;
    private final ChunkSteps above;
    private final List<List<JoinProbe>> probes = List.of(new ArrayList<>(), new ArrayList<>());

    /** Of the last batch with rows. */
    private long pairsPerRow;

    private JoinChunks(StreamJoinOperator join, SourceChunks left, SourceChunks right, ChunkSteps above) {
        this.join = join;
        this.left = left;
        this.right = right;
        this.above = above;
    }

    static @Nullable ChunkRunner of(StreamJoinOperator join, ChunkSteps above, Scheduler scheduler, int vectorSize) {
        return join.apart()
                        && below(join.children().get(0), scheduler, vectorSize) instanceof SourceChunks left
                        && below(join.children().get(1), scheduler, vectorSize) instanceof SourceChunks right
                ? new JoinChunks(join, left, right, above)
                : null;
    }

    @Override
    boolean run(BatchRun batch, Merger merger) throws Exception {
        long rows = join.inputRows();
        pairsPerRow = rows > 0 ? join.outputRows / rows : pairsPerRow;
        if (pairsPerRow > MANY_PAIRS && merger.keepsRows()) {
            return false;
        }
        above.begin();
        join.outputRows = 0;
        join.nanos = 0;
        var chunks = new int[1];
        Merger leftSide = new Side(true, batch, merger, chunks);
        Merger rightSide = new Side(false, batch, merger, chunks);
        List<Batch> fewLeft = left.run(batch, leftSide, () -> above.prepare(batch));
        int leftBlock = batch.block;
        List<Batch> fewRight = right.run(batch, rightSide, () -> {
            if (fewLeft != null) {
                above.prepare(batch);
                int block = batch.block;
                batch.block = leftBlock;
                left.runOne(batch, fewLeft, leftSide);
                batch.block = block;
            }
        });
        if (fewRight != null && fewLeft != null) {
            left.replay(fewLeft);
            right.replay(fewRight);
            return false;
        }
        if (fewRight != null) {
            right.runOne(batch, fewRight, rightSide);
        }
        join.finish();
        return true;
    }

    /** Chunks of one side on their way to {@code merger}, to which the chunks of both sides are one row of chunks. */
    private final class Side implements Merger {
        private final boolean isLeft;
        private final BatchRun batch;
        private final Merger merger;
        private final int[] chunks;
        private final List<Integer> numbers = new ArrayList<>();

        Side(boolean isLeft, BatchRun batch, Merger merger, int[] chunks) {
            this.isLeft = isLeft;
            this.batch = batch;
            this.merger = merger;
            this.chunks = chunks;
        }

        private List<JoinProbe> mine() {
            return probes.get(isLeft ? 0 : 1);
        }

        @Override
        public Worker worker(int slot, int chunk) {
            while (mine().size() <= slot) {
                mine().add(join.probe(isLeft));
            }
            while (numbers.size() <= slot) {
                numbers.add(0);
            }
            numbers.set(slot, chunks[0]++);
            JoinProbe probe = mine().get(slot);
            join.begin(probe, batch);
            RowOp steps = above.chain(slot);
            Worker next = merger.worker(slot, numbers.get(slot));
            return rows -> probe.add(rows, joined -> steps.apply(joined, next::add));
        }

        @Override
        public void done(int slot, int chunk, Tails later) throws Exception {
            above.count(slot);
            Tails.Tail rest = join.take(mine().get(slot), isLeft);
            merger.done(slot, numbers.get(slot), later);
            later.add(OWN_LANE, rest);
        }
    }
}
