package org.tailrace.connect;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongColumn;
import org.tailrace.data.Schema;
import org.tailrace.env.Clock;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/**
 * Rows at a steady rate: row i has value i and the time at which it was due, so that contents depend on the start time
 * alone. While the rate ramps up it grows linearly from nothing. Rows become available ten times a second.
 */
final class RateSource implements Source {
    static final Schema SCHEMA =
            Schema.of(new Field("timestamp", DataType.TIMESTAMP), new Field("value", DataType.BIGINT));
    static final int BLOCK = 65_536;
    private static final long SLOT_MS = 100;

    private final String identity;
    private final long rowsPerSecond;
    private final long rampMs;
    private final Clock clock;
    private final long openedMs;

    RateSource(String identity, long rowsPerSecond, long rampMs, Clock clock) {
        this.identity = identity;
        this.rowsPerSecond = rowsPerSecond;
        this.rampMs = rampMs;
        this.clock = clock;
        openedMs = clock.currentTimeMs();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.DURABLE, false);
    }

    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) {
        long startMs = from == null ? openedMs : ((Numbers) from).get(0);
        long done = from == null ? 0 : ((Numbers) from).get(1);
        long elapsedMs = Math.max(0, clock.currentTimeMs() - startMs);
        long due = rowsAt(elapsedMs / SLOT_MS * SLOT_MS);
        if (due <= done) {
            return Optional.empty();
        }
        return Optional.of(Numbers.of(startMs, due - done > limit.maxRows() ? done + limit.maxRows() : due));
    }

    @Override
    public Optional<Offset> latest(@Nullable Offset from) {
        return plan(from, Limit.NONE);
    }

    @Override
    public boolean reached(Offset at, Offset target) {
        return ((Numbers) at).get(1) >= ((Numbers) target).get(1);
    }

    /** Rows due in the first {@code elapsedMs}. */
    private long rowsAt(long elapsedMs) {
        if (elapsedMs < rampMs) {
            return (long) ((double) rowsPerSecond * elapsedMs * elapsedMs / (2000.0 * rampMs));
        }
        return (long) (rowsPerSecond * (elapsedMs - rampMs / 2.0) / 1000);
    }

    private long microsOf(long row) {
        if (rampMs == 0) {
            return row / rowsPerSecond * 1_000_000 + row % rowsPerSecond * 1_000_000 / rowsPerSecond;
        }
        double steadyFrom = rowsPerSecond * rampMs / 2000.0;
        if (row < steadyFrom) {
            return (long) (1000 * Math.sqrt(2000.0 * rampMs * row / rowsPerSecond));
        }
        return (long) (1000 * (row * 1000.0 / rowsPerSecond + rampMs / 2.0));
    }

    @Override
    public BatchReader read(@Nullable Offset from, Offset to) {
        long start = ((Numbers) to).get(0) * 1000;
        long first = from == null ? 0 : ((Numbers) from).get(1);
        long end = ((Numbers) to).get(1);
        return new BatchReader() {
            private long row = first;

            @Override
            public @Nullable Batch next() {
                int count = (int) Math.min(BLOCK, end - row);
                if (count == 0) {
                    return null;
                }
                long[] times = new long[count];
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    times[i] = start + microsOf(row);
                    values[i] = row++;
                }
                return batch(times, values);
            }
        };
    }

    static Batch batch(long[] times, long[] values) {
        return new Batch(
                SCHEMA,
                values.length,
                List.of(
                        new LongColumn(DataType.TIMESTAMP, times, null),
                        new LongColumn(DataType.BIGINT, values, null)));
    }

    @Override
    public Offset offset(String json) {
        return Numbers.parse(identity, json, 2);
    }

    @Override
    public long pollMs() {
        return SLOT_MS;
    }

    @Override
    public void close() {}
}
