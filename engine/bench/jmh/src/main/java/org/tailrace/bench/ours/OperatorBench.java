package org.tailrace.bench.ours;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;
import org.tailrace.data.Batch;

/**
 * One operator within a whole micro-batch, nanoseconds a row: a filter's selection (q2), windows by slices (q5 slides, q12
 * tumbles), the probe of a hash join (the Yahoo benchmark's). The same rows come again and again, so no window ever closes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(OperatorBench.ROWS)
public class OperatorBench {
    static final int ROWS = 460_000;
    private static final int PER_SECOND = 100_000;

    /** The query whose operator it is. */
    @Param({"Q2", "Q5", "Q12", "YAHOO"})
    public Query query;

    private Run run;
    private String table;
    private Batch rows;

    @Setup(Level.Trial)
    public void open() {
        boolean ads = query.reads == Query.Reads.ADS;
        int events = ads ? ROWS : ROWS / 46 * 50;
        var feed = new Feed(query, Data.of(query, events, PER_SECOND, events), false);
        table = ads ? "ad" : "bid";
        rows = feed.streams.get(table).get(0);
        run = new Run(query, PER_SECOND, feed, false);
    }

    @Benchmark
    public long batch() throws InterruptedException {
        run.step(table, rows);
        return run.rowsRead();
    }

    @TearDown(Level.Trial)
    public void close() {
        run.close();
    }
}
