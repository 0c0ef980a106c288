package org.tailrace.connect;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/** The same number of rows in every batch, whatever the clock says; all rows of batch n bear one time, n steps after the start. */
final class RateMicroBatchSource implements Source {
    private final String identity;
    private final long rowsPerBatch;
    private final long startMs;
    private final long stepMs;

    RateMicroBatchSource(String identity, long rowsPerBatch, long startMs, long stepMs) {
        this.identity = identity;
        this.rowsPerBatch = rowsPerBatch;
        this.startMs = startMs;
        this.stepMs = stepMs;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.DURABLE, false);
    }

    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) {
        return Optional.of(Numbers.of(Numbers.first(from) + 1));
    }

    @Override
    public BatchReader read(@Nullable Offset from, Offset to) {
        return new BatchReader() {
            private long row = Numbers.first(from) * rowsPerBatch;

            @Override
            public @Nullable Batch next() {
                long batch = row / rowsPerBatch;
                if (batch >= Numbers.first(to)) {
                    return null;
                }
                int count = (int) Math.min(RateSource.BLOCK, (batch + 1) * rowsPerBatch - row);
                long[] times = new long[count];
                Arrays.fill(times, (startMs + batch * stepMs) * 1000);
                long[] values = new long[count];
                Arrays.setAll(values, i -> row + i);
                row += count;
                return RateSource.batch(times, values);
            }
        };
    }

    @Override
    public Offset offset(String json) {
        return Numbers.parse(identity, json, 1);
    }

    @Override
    public void close() {}
}
