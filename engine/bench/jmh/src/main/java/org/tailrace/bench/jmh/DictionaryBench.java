package org.tailrace.bench.jmh;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
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
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;

/** A column of strings is collected and encoded by a dictionary, or found to have too many, nanoseconds a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DictionaryBench.ROWS)
public class DictionaryBench {
    static final int ROWS = 8192;
    private static final Schema SCHEMA = Schema.of(new Field("s", DataType.STRING));

    /** Number of different strings that there are to choose from. */
    @Param({"10", "1000", "1000000"})
    public int distinct;

    private byte[][] values;

    @Setup(Level.Trial)
    public void choose() {
        var random = new SplittableRandom(5);
        values = new byte[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            values[i] = ("https://auction.example/" + random.nextInt(distinct)).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Benchmark
    public Batch encode() {
        var rows = new BatchBuilder(SCHEMA);
        var column = (BytesVector) rows.vector(0);
        for (byte[] value : values) {
            column.append(value, 0, value.length, true);
        }
        return rows.build();
    }
}
