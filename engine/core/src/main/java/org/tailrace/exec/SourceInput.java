package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.report.BadRow;
import org.tailrace.report.PastRows;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;
import org.tailrace.spi.Source.Replay;
import org.tailrace.spi.VirtualTime;
import org.tailrace.state.OffsetRecord.Range;

/**
 * A source leaf of a running query, with its position: the end of the last committed batch. The query's thread only.
 *
 * <p>The rows of a source that cannot give them again are taken out of it before the batch is logged and kept until it
 * is committed.
 */
final class SourceInput implements AutoCloseable {
    final PhysicalPlan.SourceNode node;
    private final Source source;
    private final boolean keep;
    private @Nullable Offset position;
    private @Nullable Kept kept;

    private record Kept(List<Batch> rows, long badRows, List<BadRow> badSamples) {}

    /** @param durable the query must be able to read again after a restart */
    SourceInput(PhysicalPlan.SourceNode node, Source source, boolean durable) {
        this.node = node;
        this.source = source;
        Replay replay = source.capabilities().replay();
        keep = replay == Replay.NONE || durable && replay == Replay.PROCESS;
    }

    String name() {
        return node.spec().identity();
    }

    boolean bounded() {
        return source.capabilities().bounded();
    }

    Optional<VirtualTime> virtualTime() {
        return source instanceof VirtualTime time ? Optional.of(time) : Optional.empty();
    }

    @Nullable
    Offset position() {
        return position;
    }

    void moveTo(@Nullable String json) throws InterruptedException {
        position = json == null ? null : Outside.source(name(), "reading its offset", () -> source.offset(json));
    }

    /** The end of the next range; null if there is nothing new. */
    @Nullable
    Offset plan() throws InterruptedException {
        return Outside.source(name(), "planning a batch", () -> source.plan(position, Source.Limit.NONE))
                .orElse(null);
    }

    /** The end of what is there now; null if the source cannot say. */
    @Nullable
    Offset latest() throws InterruptedException {
        return Outside.source(name(), "looking for its end", () -> source.latest(position))
                .orElse(null);
    }

    boolean reached(Offset target) {
        return position != null && source.reached(position, target);
    }

    boolean finished() {
        return bounded() && source.finished(position);
    }

    /** From the position to {@code to}; null if there is nothing new. */
    Range range(@Nullable Offset to) {
        return new Range(position == null ? null : position.json(), to == null ? null : to.json());
    }

    /** Takes out the rows of a range if the source will not give them again; null if it will. */
    @Nullable
    List<Batch> take(Range range) throws Exception {
        if (!keep || range.to() == null) {
            return null;
        }
        Kept taken = kept;
        if (taken != null) {
            return taken.rows;
        }
        var rows = new ArrayList<Batch>();
        try (BatchReader reader = read(range)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.add(batch);
            }
            kept = new Kept(rows, reader.badRows(), reader.badSamples());
        }
        return rows;
    }

    /** Rows of the batch that is about to be run again, from the log. */
    void keep(List<Batch> rows) {
        kept = new Kept(List.copyOf(rows), 0, List.of());
    }

    /** Is told how many rows have come, and may stop the batch. */
    @FunctionalInterface
    interface Watch {
        void rows(int count) throws Exception;
    }

    BatchReader open(Range range, Watch watch) throws InterruptedException {
        String to = range.to();
        if (to == null) {
            return BatchReader.of(List.of());
        }
        Kept rows = kept;
        return new Reader(rows == null ? read(range) : new KeptReader(rows), watch);
    }

    private BatchReader read(Range range) throws InterruptedException {
        String to = range.to();
        String from = range.from();
        return Outside.source(
                name(),
                "opening a range",
                () -> source.read(from == null ? null : source.offset(from), source.offset(to == null ? "" : to)));
    }

    /**
     * Rows of a range, once more.
     *
     * @param pending the batch has not been committed, so that its rows may still be here
     */
    PastRows again(Range range, boolean pending) throws Exception {
        Kept here = pending ? kept : null;
        if (range.to() == null) {
            return new PastRows(name(), Batch.empty(node.spec().schema()), false);
        }
        if (keep && here == null) {
            throw TimeTravel.refused("what " + name() + " gave a past batch", "it gives no row twice");
        }
        var copy = new ResultCopy(node.spec().schema());
        try (BatchReader reader = here == null ? read(range) : new KeptReader(here)) {
            for (Batch rows = reader.next(); rows != null && !copy.full(); rows = reader.next()) {
                copy.add(rows);
            }
        }
        return new PastRows(name(), copy.build(), copy.full());
    }

    /** The batch is committed. */
    void advance(Range range) throws InterruptedException {
        moveTo(range.end());
        kept = null;
    }

    /** The commit is durable. */
    void committed() throws InterruptedException {
        Offset at = position;
        if (at != null) {
            Outside.source(name(), "being told of a commit", () -> {
                source.commit(at);
                return at;
            });
        }
    }

    long[] progress() {
        return source.progress(position);
    }

    List<String> notes() {
        return source.notes();
    }

    long pollMs() {
        return source.pollMs();
    }

    void onAvailable(Runnable wake) {
        source.onAvailable(wake);
    }

    @Override
    public void close() throws Exception {
        source.close();
    }

    /** Stops between two blocks of rows when the batch is given up. */
    private final class Reader implements BatchReader {
        private final BatchReader rows;
        private final Watch watch;
        private int came;

        Reader(BatchReader rows, Watch watch) {
            this.rows = rows;
            this.watch = watch;
        }

        @Override
        public @Nullable Batch next() throws Exception {
            watch.rows(came);
            Batch next = Outside.source(name(), "giving rows", rows::next);
            came = next == null ? 0 : next.size();
            return next;
        }

        @Override
        public long badRows() {
            return rows.badRows();
        }

        @Override
        public List<BadRow> badSamples() {
            return rows.badSamples();
        }

        @Override
        public void close() throws Exception {
            rows.close();
        }
    }

    private static final class KeptReader implements BatchReader {
        private final Kept kept;
        private int next;

        KeptReader(Kept kept) {
            this.kept = kept;
        }

        @Override
        public @Nullable Batch next() {
            return next < kept.rows.size() ? kept.rows.get(next++) : null;
        }

        @Override
        public long badRows() {
            return kept.badRows;
        }

        @Override
        public List<BadRow> badSamples() {
            return kept.badSamples;
        }
    }
}
