package org.tailrace.bench.jmh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
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
import org.tailrace.bench.data.BidText;
import org.tailrace.connect.FileProvider;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.spi.Format;

/** Text of seven columns into vectors, nanoseconds a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TextBench.ROWS)
public class TextBench {
    static final int ROWS = 8192;
    private static final Schema SCHEMA = DdlParser.schema("bench", BidText.SCHEMA);

    @Param({"json", "csv"})
    public String format;

    private Format reader;
    private byte[] text;

    @Setup(Level.Trial)
    public void write() {
        reader = FileProvider.format(format);
        var bids = new BidText(ROWS * 2, BidText.PER_SECOND);
        var out = new ByteArrayOutputStream();
        for (int row = 0; row < ROWS; row++) {
            out.writeBytes(bids.line(format, row));
            out.write('\n');
        }
        text = out.toByteArray();
    }

    @Benchmark
    public Batch parse() throws IOException {
        var rows = new BatchBuilder(SCHEMA);
        try (Format.Reader in =
                reader.reader(new ByteArrayInputStream(text), "bench", Map.of(), SCHEMA, (position, raw, reason) -> {
                    throw new IllegalStateException(position + ": " + reason);
                })) {
            in.read(rows, ROWS);
        }
        return rows.build();
    }
}
