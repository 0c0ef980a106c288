package org.tailrace.exec;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;
import org.tailrace.report.BatchReport;
import org.tailrace.state.CheckpointDir;
import org.tailrace.state.CommitRecord;
import org.tailrace.state.KeptLog;
import org.tailrace.state.Metadata;
import org.tailrace.state.OffsetRecord;
import org.tailrace.state.StateStore;

/**
 * The journal of a query with a checkpoint. The query's thread only, and {@link #close} also by the one who leaves that
 * thread behind.
 *
 * <p>After a failed write or fsync nobody knows what of the file is on the disk, so the files are not written any more:
 * {@link #repair} opens the checkpoint anew, as after a crash.
 */
final class DurableJournal implements Journal {
    private final Supplier<CheckpointDir> reopen;
    private final PhysicalPlan plan;
    private final long epoch;
    private final long compactBytes;
    private @Nullable CheckpointDir directory;
    private @Nullable StateStore state;
    /** Read by any thread, also after the end. */
    private volatile @Nullable KeptLog past;

    private boolean broken;
    private long committed = -1;
    private @Nullable CommitRecord last;

    /** @param directory with its metadata written; opened once more by {@code reopen} after a failure */
    DurableJournal(CheckpointDir directory, Supplier<CheckpointDir> reopen, PhysicalPlan plan, long compactBytes) {
        this.directory = directory;
        this.reopen = reopen;
        this.plan = plan;
        this.epoch = directory.metadata().map(Metadata::epoch).orElse(0L);
        this.compactBytes = compactBytes;
    }

    /** Verifies logs and state and makes them ready to be written. */
    void start(OptionalLong sinkCommitted) {
        StateStore store = open().start(plan.layouts(), sinkCommitted, compactBytes, last);
        plan.open(store.logs());
        state = store;
        past = open().kept();
        committed = lastCommit(open());
    }

    private static long lastCommit(CheckpointDir directory) {
        return directory.log().lastCommit().map(CommitRecord::batchId).orElse(-1L);
    }

    private synchronized CheckpointDir open() {
        CheckpointDir open = directory;
        if (open == null) {
            throw new GivenUp();
        }
        return open;
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        if (broken) {
            throw new CheckpointException(
                    Problem.of("TR-606", "checkpoint " + open().directory() + " cannot be written")
                            .because("an earlier write failed")
                            .fix("retry() opens it anew"));
        }
        boolean done = false;
        try {
            open().fence();
            write.run();
            done = true;
        } catch (IOException e) {
            throw new CheckpointException(
                    Problem.of("TR-606", "checkpoint " + open().directory() + " cannot be written")
                            .because(Words.of(e))
                            .fix("when the cause is gone, retry() goes on where the query stopped"),
                    e);
        } finally {
            broken |= !done;
        }
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void log(OffsetRecord offsets, List<? extends @Nullable List<Batch>> input) {
        write(() -> open().log().log(offsets, input));
    }

    @Override
    public void saved(long batchId) {
        StateStore store = state;
        if (store != null) {
            write(() -> store.save(batchId));
        }
    }

    @Override
    public void forget() {
        StateStore store = state;
        if (store != null) {
            store.forget();
        }
    }

    @Override
    public void fence() {
        write(() -> {});
    }

    @Override
    public Optional<CheckpointException> takenOver() {
        try {
            return open().takenOver();
        } catch (IOException e) {
            // A lock that cannot be looked at says nothing; the failure that led here does.
            return Optional.empty();
        }
    }

    @Override
    public void committed(CommitRecord commit) {
        write(() -> open().log().commit(commit));
        committed = commit.batchId();
        last = commit;
    }

    @Override
    public void keep(BatchReport report) {
        write(() -> open().kept().add(report));
    }

    @Override
    public Optional<BatchReport> kept(long batchId) {
        KeptLog log = past;
        return log == null ? Optional.empty() : log.batch(batchId);
    }

    @Override
    public SortedSet<Long> keptBatches() {
        KeptLog log = past;
        return log == null ? new TreeSet<>() : log.batches();
    }

    @Override
    public boolean past(long batchId, BooleanSupplier enough, ObjIntConsumer<Batch> rows) throws IOException {
        StateStore store = state;
        return store != null && store.past(batchId, enough, rows);
    }

    @Override
    public void settle() {
        if (!broken) {
            write(open().log()::sync);
        }
    }

    @Override
    public long settledBatch() {
        return open().log().settled();
    }

    @Override
    public void release() {
        try {
            settle();
        } finally {
            broken = true;
            open().close();
        }
    }

    @Override
    public boolean repair() {
        if (!broken) {
            return false;
        }
        open().close();
        CheckpointDir anew = reopen.get();
        synchronized (this) {
            directory = anew;
        }
        long found = lastCommit(anew);
        // The last commit is not durable before the next fsync, and may have gone with one that failed; we know of it.
        boolean lost = last != null
                && found == committed - 1
                && anew.log().offsets(committed).isPresent();
        if (anew.metadata().map(Metadata::epoch).orElse(0L) != epoch || found != committed && !lost) {
            throw new CheckpointException(
                    Problem.of("TR-608", "checkpoint " + anew.directory() + " is not as this query left it")
                            .because("its last batch is " + found + ", the query's is " + committed)
                            .fix("stop the query and start it again: it resumes from the checkpoint"));
        }
        start(OptionalLong.empty());
        broken = false;
        return true;
    }

    @Override
    public boolean logged(OffsetRecord offsets) {
        return open().log().offsets(offsets.batchId()).isPresent();
    }

    @Override
    public synchronized void close() {
        CheckpointDir open = directory;
        directory = null;
        if (open != null) {
            open.close();
        }
    }
}
