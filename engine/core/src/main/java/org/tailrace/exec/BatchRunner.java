package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.error.CheckpointException;
import org.tailrace.plan.Trigger;
import org.tailrace.spi.Offset;
import org.tailrace.state.CommitRecord;
import org.tailrace.state.OffsetRecord;
import org.tailrace.state.OffsetRecord.Range;

/**
 * Runs one batch, step by step, and keeps where the query stands. The query's thread only.
 *
 * <pre>
 *   PLAN ──▶ LOG ──▶ RUN ──▶ SAVE ──▶ WRITE ──▶ COMMIT ──▶ REPORT
 *            fsync           fsync    sink               (fsynced by the next LOG, or when idle)
 * </pre>
 *
 * A batch that is logged but not committed is <em>pending</em>: whatever happens next, it is run again exactly as it is
 * in the log, until it is committed or passed over.
 *
 * <p>A batch without input is due when the last one moved the watermark so that state can leave. A live query runs it
 * only when there is no new input, since that would do the same; a replay runs it at once, so that its batches do not
 * depend on when they run (SEMANTICS §2).
 */
final class BatchRunner {
    enum Kind {
        DATA,
        NO_DATA,
        /** There was nothing to do. */
        NOTHING
    }

    enum Want {
        /** New input, or else the batch without input that is due. */
        ANY,
        INPUT,
        NO_INPUT
    }

    private final LoopParts parts;
    private final List<BatchStep> order;

    private long nextBatch;
    private long usedWatermarkMs;
    private long watermarkMs;
    private long batchTimeMs = Long.MIN_VALUE;
    private @Nullable OffsetRecord pending;
    private boolean logged;
    private boolean announced = true;

    /** Sources go no further than this, by their order; empty for no bound, null entries for none of theirs. */
    private List<@Nullable Offset> bounds = List.of();

    BatchRunner(LoopParts parts, List<BatchStep> order) {
        this.parts = parts;
        this.order = order;
    }

    /** Takes up where a checkpoint stopped. The plan's state and watermarks and the sources' positions are set already. */
    void resume(long lastBatch, long usedMs, long nextMs, long timeMs, @Nullable OffsetRecord again) {
        nextBatch = lastBatch + 1;
        usedWatermarkMs = usedMs;
        watermarkMs = nextMs;
        batchTimeMs = timeMs;
        pending = again;
        logged = again != null;
        // The sources may not have been told before the stop.
        announced = lastBatch < 0;
        if (lastBatch >= 0) {
            parts.virtual().ifPresent(clock -> clock.set(timeMs));
        }
    }

    long lastBatch() {
        return nextBatch - 1;
    }

    /** What the batch that is to be run again was going to do; null if there is none, or another. */
    @Nullable
    OffsetRecord pending(long batchId) {
        OffsetRecord batch = pending;
        return batch != null && batch.batchId() == batchId ? batch : null;
    }

    boolean pending() {
        return pending != null;
    }

    void bound(List<@Nullable Offset> ends) {
        bounds = ends;
    }

    List<@Nullable Offset> bounds() {
        return bounds;
    }

    /** A bounded query has given all, and nothing is due any more. */
    boolean finished() {
        boolean read = parts.sources().isEmpty()
                ? nextBatch > 0
                : parts.sources().stream().allMatch(SourceInput::finished);
        return read && pending == null && !noInputDue();
    }

    /** A batch without input would do something. */
    boolean noInputDue() {
        return parts.noDataBatches()
                && nextBatch > 0
                && parts.plan().needsNoDataBatch(usedWatermarkMs, watermarkMs, nowMs());
    }

    long nowMs() {
        return parts.virtual()
                .map(VirtualClock::nowMs)
                .orElseGet(() -> Math.max(parts.clock().currentTimeMs(), batchTimeMs));
    }

    Kind run(Want want) throws Exception {
        var run = new Attempt(new ResultCopy(parts.plan().schema()));
        try {
            for (BatchStep step : order) {
                long start = parts.clock().nanoTime();
                if (!perform(step, run, want)) {
                    return Kind.NOTHING;
                }
                run.took(step, parts.clock().nanoTime() - start);
            }
            return run.record().noData() ? Kind.NO_DATA : Kind.DATA;
        } catch (Throwable t) {
            Optional<CheckpointException> lost = takenOver(t);
            undo(run, t, lost.isPresent());
            if (lost.isPresent()) {
                throw lost.get();
            }
            throw t;
        }
    }

    private boolean perform(BatchStep step, Attempt run, Want want) throws Exception {
        switch (step) {
            case PLAN:
                return plan(run, want);
            case LOG:
                log(run);
                return true;
            case RUN:
                operate(run);
                return true;
            case SAVE:
                files(() -> {
                    parts.plan().save(run.record().batchId());
                    parts.journal().saved(run.record().batchId());
                });
                return true;
            case WRITE:
                files(parts.journal()::fence);
                parts.sink().commit();
                return true;
            case COMMIT:
                commit(run, false);
                return true;
            default:
                report(run);
                return true;
        }
    }

    // ---- plan and log

    private boolean plan(Attempt run, Want want) throws InterruptedException {
        OffsetRecord again = pending;
        if (again != null) {
            run.offsets = again;
            return true;
        }
        boolean due = noInputDue();
        if (due && (want == Want.NO_INPUT || want == Want.ANY && parts.virtual().isPresent())) {
            run.offsets = record(nowMs(), true, noRanges());
        } else if (want == Want.NO_INPUT) {
            return false;
        } else {
            run.offsets = withInput();
            if (run.offsets == null && want == Want.ANY && due) {
                run.offsets = record(nowMs(), true, noRanges());
            }
        }
        return run.offsets != null;
    }

    private @Nullable OffsetRecord withInput() throws InterruptedException {
        List<SourceInput> sources = parts.sources();
        if (sources.isEmpty()) {
            return nextBatch == 0 ? record(nowMs(), false, List.of()) : null;
        }
        if (parts.virtual().isPresent()) {
            Optional<VirtualClock.Plan> next = parts.virtual().get().next(parts.trigger() instanceof Trigger.Once);
            return next.map(plan -> record(plan.timeMs(), false, ranges(plan.ends())))
                    .orElse(null);
        }
        List<@Nullable Offset> ends = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < sources.size(); i++) {
            Offset bound = bounds.isEmpty() ? null : bounds.get(i);
            Offset end = bound != null && sources.get(i).reached(bound)
                    ? null
                    : sources.get(i).plan();
            ends.add(end);
            any |= end != null;
        }
        return any ? record(nowMs(), false, ranges(ends)) : null;
    }

    private List<Range> ranges(List<@Nullable Offset> ends) {
        var ranges = new ArrayList<Range>();
        for (int i = 0; i < ends.size(); i++) {
            ranges.add(parts.sources().get(i).range(ends.get(i)));
        }
        return ranges;
    }

    private List<Range> noRanges() {
        return parts.sources().stream().map(source -> source.range(null)).toList();
    }

    private OffsetRecord record(long timeMs, boolean noData, List<Range> ranges) {
        return new OffsetRecord(
                nextBatch, timeMs, mix(parts.seed(), nextBatch), usedWatermarkMs, watermarkMs, noData, ranges);
    }

    /** Spreads the bits of the query's seed and the batch id over the batch's seed (SplitMix64's finaliser). */
    private static long mix(long seed, long batch) {
        long z = seed + (batch + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private void log(Attempt run) throws Exception {
        OffsetRecord offsets = run.record();
        // From here on the batch is this one, also if the log fails: its rows may have left their source for good.
        pending = offsets;
        if (!logged) {
            List<@Nullable List<Batch>> input = new ArrayList<>();
            for (int i = 0; i < parts.sources().size(); i++) {
                input.add(parts.sources().get(i).take(offsets.ranges().get(i)));
            }
            files(() -> parts.journal().log(offsets, input));
            logged = true;
        }
        files(parts.journal()::fence);
        announceCommit();
        parts.virtual().ifPresent(clock -> clock.set(offsets.batchTimeMs()));
        batchTimeMs = offsets.batchTimeMs();
    }

    /** Makes the last commit durable while there is nothing else to do. */
    void settle() throws Exception {
        files(parts.journal()::settle);
        announceCommit();
    }

    private void announceCommit() throws InterruptedException {
        if (!announced && parts.journal().settledBatch() >= nextBatch - 1) {
            for (SourceInput source : parts.sources()) {
                source.committed();
            }
            announced = true;
        }
    }

    // ---- run

    private void operate(Attempt run) throws Exception {
        QueryControl control = parts.control();
        control.check();
        OffsetRecord offsets = run.record();
        var context = new BatchContext(
                offsets.batchId(),
                offsets.batchTimeMs(),
                offsets.seed(),
                offsets.lateWatermarkMs(),
                offsets.watermarkMs(),
                offsets.noData());
        run.context = context;
        SinkOutput sink = parts.sink();
        sink.begin(offsets.batchId());
        run.ran = true;
        run.result = parts.plan().run(context, inputs(offsets), rows -> {
            control.check();
            sink.append(rows);
            parts.results().stage(rows);
            run.copy.add(rows);
        });
        control.check();
        parts.guard().check(run.result.operators(), run.result.windows(), offsets.batchId());
    }

    private PhysicalPlan.Inputs inputs(OffsetRecord offsets) {
        return node -> {
            for (int i = 0; i < parts.sources().size(); i++) {
                if (parts.sources().get(i).node.id() == node.id()) {
                    return parts.sources().get(i).open(offsets.ranges().get(i), rows -> {
                        parts.control().check();
                        parts.guard().came(rows, parts.plan(), offsets.batchId());
                    });
                }
            }
            return parts.tables().open(node.spec());
        };
    }

    // ---- commit

    private void commit(Attempt run, boolean skipped) throws Exception {
        OffsetRecord offsets = run.record();
        long next = skipped ? offsets.watermarkMs() : parts.plan().nextWatermarkMs(offsets.watermarkMs());
        List<Long> marks = Arrays.stream(parts.plan().watermarks()).boxed().toList();
        files(() -> parts.journal().committed(new CommitRecord(offsets.batchId(), next, marks, skipped)));
        run.committed = true;
        if (!skipped) {
            parts.plan().commit();
        }
        pending = null;
        logged = false;
        nextBatch = offsets.batchId() + 1;
        usedWatermarkMs = offsets.watermarkMs();
        watermarkMs = next;
        for (int i = 0; i < parts.sources().size(); i++) {
            parts.sources().get(i).advance(offsets.ranges().get(i));
        }
        parts.results()
                .commit(
                        offsets.batchId(),
                        parts.windowsClose() ? OptionalLong.of(offsets.watermarkMs()) : OptionalLong.empty());
        announced = false;
        announceCommit();
    }

    private void report(Attempt run) throws Exception {
        BatchResult result = run.result;
        var report = parts.reporter().report(run.record(), result, watermarkMs, run, words(result));
        parts.kept().add(report, run.copy.bytes(), result == null ? List.of() : result.badSamples());
        parts.board().progressed(report);
        parts.control().changed();
        files(() -> parts.journal().keep(report));
    }

    private List<String> words(@Nullable BatchResult result) {
        return result == null ? List.of() : parts.guard().words(result.operators());
    }

    /** Lets go of the files while the query is failed; what they say to that cannot make it worse. */
    void release() {
        try {
            files(parts.journal()::release);
        } catch (GivenUp e) {
            throw e;
        } catch (Exception | Error e) {
            // The commit that could not be made durable is in the log, or the batch is run again after a restart.
        }
    }

    /** Before a failed batch is run again or passed over: a journal that failed starts again from what is durable. */
    void repair() throws Exception {
        OffsetRecord batch = pending;
        files(() -> {
            if (parts.journal().repair()) {
                logged = batch != null && parts.journal().logged(batch);
                if (nextBatch > 0 || !parts.plan().layouts().isEmpty()) {
                    parts.plan().load(nextBatch - 1);
                }
            }
        });
    }

    /** Commits the pending batch without running it; false if there is none. */
    boolean skip() throws Exception {
        OffsetRecord failed = pending;
        if (failed == null) {
            return false;
        }
        var run = new Attempt(new ResultCopy(parts.plan().schema()));
        run.offsets = failed;
        files(() -> {
            if (!logged) {
                List<@Nullable List<Batch>> none = new ArrayList<>();
                parts.journal().log(failed, none);
            }
            parts.journal().saved(failed.batchId());
        });
        commit(run, true);
        report(run);
        return true;
    }

    /**
     * Whatever a query stumbles over after another process has taken it over, that is its failure: it is asked for before the
     * failure is named, undone or tried again.
     */
    private Optional<CheckpointException> takenOver(Throwable failure) {
        if (failure instanceof GivenUp || failure instanceof InterruptedException) {
            return Optional.empty();
        }
        if (failure instanceof CheckpointException known && known.code().equals("TR-608")) {
            return Optional.of(known);
        }
        Optional<CheckpointException> lost = parts.journal().takenOver();
        lost.ifPresent(taken -> taken.addSuppressed(failure));
        return lost;
    }

    /** @param lost what the sink has of the batch is no longer this query's to take back */
    private void undo(Attempt run, Throwable failure, boolean lost) {
        if (run.committed) {
            return;
        }
        if (lost) {
            parts.sink().abandon();
        } else {
            parts.sink().abort(failure);
        }
        parts.results().discard();
        if (run.ran) {
            try {
                parts.plan().rollback();
                parts.journal().forget();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private void files(Outside.Action action) throws Exception {
        parts.control().beginWriting();
        try {
            action.run();
        } catch (Exception e) {
            Optional<CheckpointException> lost = takenOver(e);
            if (lost.isPresent()) {
                throw lost.get();
            }
            throw e;
        } finally {
            parts.control().endWriting();
        }
    }
}
