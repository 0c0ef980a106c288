package org.tailrace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.knowm.xchart.internal.chartpart.Chart;
import org.tailrace.data.Batch;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.text.IntervalText;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.error.TailraceException;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.render.Differences;
import org.tailrace.render.Rendered;
import org.tailrace.render.Steps;
import org.tailrace.render.ViewModel;
import org.tailrace.render.ViewSpec;
import org.tailrace.render.Views;
import org.tailrace.report.BadRow;
import org.tailrace.report.BatchReport;
import org.tailrace.report.PastRows;
import org.tailrace.report.QueryInfo;
import org.tailrace.report.QueryListener;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.ResultSnapshot;
import org.tailrace.spi.RunningQuery;
import tech.tablesaw.api.Table;

/**
 * A handle on a started query. It belongs to the session by its name, and stays valid when the variable that held it is
 * gone: {@code streams.query("name")}. Methods may be called from any thread; those that wait can be interrupted, which
 * leaves the query running.
 */
public final class Query {
    private static final int ALL = 10_000;

    private final Tailrace session;
    private final RunningQuery running;
    private final StreamTable table;
    private final QueryLog log;
    private final Optional<Path> checkpoint;

    Query(Tailrace session, RunningQuery running, StreamTable table, QueryLog log, Optional<Path> checkpoint) {
        this.session = session;
        this.running = running;
        this.table = table;
        this.log = log;
        this.checkpoint = checkpoint;
    }

    RunningQuery running() {
        return running;
    }

    public String name() {
        return running.info().name();
    }

    public QueryInfo info() {
        return running.info();
    }

    public QueryStatus status() {
        return running.status();
    }

    public boolean isActive() {
        return !running.status().state().ended();
    }

    /** Also a failed query does, until it is stopped: its batch can still be tried again. */
    boolean holdsResources() {
        return isActive() || running.status().state() == QueryStatus.State.FAILED;
    }

    /** What its code has printed. */
    public QueryLog log() {
        return log;
    }

    /** Where it keeps progress and state; empty if it starts empty each time. */
    public Optional<Path> checkpoint() {
        return checkpoint;
    }

    /** The table that it runs. */
    public StreamTable table() {
        return table;
    }

    /** Why it failed. */
    public Optional<Throwable> failure() {
        return running.status().cause();
    }

    // ---- control

    /** Finishes the current batch and ends; within two seconds a batch is given up. */
    public Query stop() throws InterruptedException {
        running.stop();
        return this;
    }

    void replaceBy(String by) throws InterruptedException {
        running.replace(by);
    }

    public Query pause() {
        return pause("");
    }

    /** @param why a clause for the card, such as {@code paused by ■} */
    public Query pause(String why) {
        running.pause(why);
        return this;
    }

    public Query resume() {
        running.resume();
        return this;
    }

    /** Runs one data batch, and the no-data batch that it makes due. */
    public Stepped step() throws InterruptedException {
        return step(1);
    }

    public Stepped step(int batches) throws InterruptedException {
        return new Stepped(this, running.step(batches));
    }

    /** What some steps did: renders as rows in, watermark before and after, what came out and what was dropped. */
    public record Stepped(Query query, List<BatchReport> reports) {
        public Stepped {
            reports = List.copyOf(reports);
        }

        public Rendered draw() {
            return Steps.draw(query.info(), reports);
        }

        @Override
        public String toString() {
            return draw().text();
        }
    }

    /**
     * What came out of a kept batch against what came out of another: renders as the rows that changed, with their deltas,
     * those that only one of them has, and how many are the same.
     *
     * @throws TailraceException TR-803 if one of them is not kept
     */
    public Compared diff(long batch, long against) {
        return new Compared(this, kept(against), kept(batch));
    }

    /** @throws TailraceException TR-803 if it is not kept */
    public BatchReport kept(long id) {
        return batch(id).orElseThrow(() -> {
            SortedSet<Long> kept = keptBatches();
            return new PlanException(Problem.of("TR-803", "batch #" + id + " of '" + name() + "' is not kept")
                    .have(kept.isEmpty() ? "no batch yet" : "batches #" + kept.first() + " to #" + kept.last()));
        });
    }

    /** Two batches side by side. */
    public record Compared(Query query, BatchReport earlier, BatchReport later) {
        public Rendered draw() {
            return Differences.draw(query.info(), earlier, later);
        }

        @Override
        public String toString() {
            return draw().text();
        }
    }

    /** Waits for the end. A failed query throws its failure. */
    public Query await() throws InterruptedException {
        running.await(Duration.ofDays(36_500));
        return this;
    }

    /** Waits for the end at most so long; false if it has not come. */
    public boolean await(Duration timeout) throws InterruptedException {
        return running.await(timeout);
    }

    /** Waits until all that the sources held when this was called has reached the sink. */
    public Query processAllAvailable() throws InterruptedException {
        running.processAllAvailable();
        return this;
    }

    /** Runs a failed batch again. */
    public Query retry() {
        running.retry();
        return this;
    }

    /** Passes over a failed batch: its rows are lost to this query. */
    public Query skip() {
        running.skip();
        return this;
    }

    /**
     * The pace of a replay: {@code "10x"} for ten times as fast as it was, {@code "max"}.
     *
     * @throws org.tailrace.error.PlanException TR-156 if the pace is none, TR-157 if the query reads no replay
     */
    public Query speed(String pace) {
        running.speed(Pace.batchesPerSecond(
                "speed",
                pace,
                replayIntervalMs(table.resolved())
                        .orElseThrow(() -> new PlanException(Problem.of("TR-157", "'" + name() + "' reads no replay")
                                .fix("only a replay has a pace; a live source sets its own")))));
        return this;
    }

    private static OptionalLong replayIntervalMs(ResolvedPlan plan) {
        if (plan instanceof ResolvedPlan.Source source
                && source.spec().options().containsKey("every")) {
            return OptionalLong.of(
                    IntervalText.parse(source.spec().options().get("every")).toMicros(31) / 1000);
        }
        return plan.children().stream()
                .map(Query::replayIntervalMs)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    // ---- what happened

    public Optional<BatchReport> lastReport() {
        List<BatchReport> reports = running.reports();
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.get(reports.size() - 1));
    }

    /** The last reports, oldest first; at most 100. */
    public List<BatchReport> reports() {
        return running.reports();
    }

    /** A kept batch, with a checkpoint also one of an earlier kernel; empty if it is too old or never was. */
    public Optional<BatchReport> batch(long id) {
        return running.batch(id);
    }

    /** The batches that {@link #batch} has: the last 100, or those whose results fit into 64 MB. */
    public SortedSet<Long> keptBatches() {
        return running.keptBatches();
    }

    /**
     * What a kept batch read, or the one that has failed: up to 10,000 rows of each source, read from it once more.
     *
     * @throws TailraceException TR-610 if the source gives no row twice or the batch is not kept; the source's own error if
     *     what it read is gone
     */
    public List<Shown> input(long batch) throws InterruptedException {
        return shown(running.input(batch), "batch #" + batch + ", input from ");
    }

    /**
     * What the query remembered after a batch: up to 10,000 rows of each stateful operator, rebuilt from the checkpoint.
     *
     * @throws TailraceException TR-610 if there is no checkpoint, or it does not reach so far back any more
     */
    public List<Shown> state(long batch) throws InterruptedException {
        return shown(running.state(batch), "state after batch #" + batch + ", ");
    }

    private List<Shown> shown(List<PastRows> all, String of) {
        return all.stream()
                .map(rows -> new Shown(
                        rows.rows(), 20, info().zone(), of + rows.of() + (rows.cut() ? ", the first rows" : "")))
                .toList();
    }

    /** Records that could not be used and rows that were kept aside, newest last; bounded. */
    public List<BadRow> badRows() {
        return running.badRows();
    }

    /** Plan with rows, time and state per operator of the last batch. */
    public String explain() {
        return running.explain();
    }

    /** Counts since the start, also of batches that are no longer kept. */
    public RunningQuery.Totals totals() {
        return running.totals();
    }

    // ---- results

    /** The folded result, at most its newest 10,000 rows. */
    public Batch rows() {
        ResultSnapshot result = running.result(ALL);
        return Batch.of(
                result.schema(),
                result.rows().stream().map(ResultSnapshot.Entry::row).toList());
    }

    /** The folded result as records; columns are matched to components by name. */
    public <T> List<T> rows(Class<T> type) {
        ResultSnapshot result = running.result(ALL);
        RecordBinding<T> binding = RecordBinding.of(type, result.schema());
        var records = new ArrayList<T>();
        for (ResultSnapshot.Entry entry : result.rows()) {
            records.add(binding.record(entry.row()));
        }
        return records;
    }

    /** The folded result as a new Tablesaw table. */
    public Table toTable() {
        return Tables.of(name(), rows());
    }

    /** The folded result as an XChart chart, to be styled: lines over windows, else bars over the first key. */
    public Chart<?, ?> toChart() {
        return Charts.of(info(), rows());
    }

    // ---- views

    /** Draws the query in the current cell and keeps it up to date, whatever its sink. */
    public Query live() {
        return live(new ViewSpec.Auto());
    }

    public Query live(ViewSpec view) {
        session.host().show(this, view);
        return this;
    }

    /** One frame as of now. */
    public Rendered draw(ViewSpec view, String note) {
        return Views.draw(view, model(note));
    }

    private ViewModel model(String note) {
        RunningQuery.Totals totals = running.totals();
        return new ViewModel(
                running.info(),
                running.status(),
                running.reports(),
                running.result(Views.SNAPSHOT_ROWS),
                totals.batches(),
                totals.inputRows(),
                totals.lateInputRows(),
                totals.badRows(),
                totals.firstBatchTimeMs(),
                log.last(3),
                note);
    }

    public void addListener(QueryListener listener) {
        running.addListener(listener);
    }

    public void removeListener(QueryListener listener) {
        running.removeListener(listener);
    }

    @Override
    public String toString() {
        return draw(new ViewSpec.Auto(), "").text();
    }
}
