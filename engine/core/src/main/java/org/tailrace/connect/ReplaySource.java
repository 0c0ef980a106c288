package org.tailrace.connect;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;
import org.tailrace.report.BadRow;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;
import org.tailrace.spi.VirtualTime;

/**
 * Plays recorded rows by their time of arrival: the same rows in the same batches on every machine. An offset is the number
 * of rows before it and the size of the data, which must not change between restarts. The records that could not be used are
 * told with the first rows.
 */
final class ReplaySource implements Source, VirtualTime {
    private final String identity;
    private final Replayed data;
    private final long intervalMicros;
    private final double speed;

    ReplaySource(String identity, Replayed data, long intervalMicros, double speed) {
        this.identity = identity;
        this.data = data;
        this.intervalMicros = intervalMicros;
        this.speed = speed;
    }

    private Offset at(int row) {
        return Numbers.of(row, data.bytes());
    }

    private static int row(@Nullable Offset offset) {
        return (int) Numbers.first(offset);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.DURABLE, true);
    }

    @Override
    public OptionalLong nextArrivalMicros(@Nullable Offset from) {
        int row = row(from);
        return row < data.arrivals().length ? OptionalLong.of(data.arrivals()[row]) : OptionalLong.empty();
    }

    @Override
    public Offset until(@Nullable Offset from, long timeMicros) {
        int low = row(from);
        int high = data.arrivals().length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (data.arrivals()[middle] <= timeMicros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return at(low);
    }

    /** The end of the interval in which the next row arrives. */
    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) {
        OptionalLong next = nextArrivalMicros(from);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(until(from, -Math.floorDiv(-next.getAsLong(), intervalMicros) * intervalMicros));
    }

    @Override
    public Optional<Offset> latest(@Nullable Offset from) {
        return Optional.of(at(data.arrivals().length));
    }

    @Override
    public boolean reached(Offset at, Offset target) {
        return row(at) >= row(target);
    }

    @Override
    public BatchReader read(@Nullable Offset from, Offset to) {
        var blocks = data.slice(row(from), row(to)).iterator();
        boolean first = row(from) == 0;
        return new BatchReader() {
            @Override
            public @Nullable Batch next() {
                return blocks.hasNext() ? blocks.next() : null;
            }

            @Override
            public long badRows() {
                return first ? data.badRows() : 0;
            }

            @Override
            public List<BadRow> badSamples() {
                return first ? data.badSamples() : List.of();
            }
        };
    }

    /** @throws CheckpointException TR-443 if the data have another size than when the offset was written */
    @Override
    public Offset offset(String json) {
        Numbers offset = Numbers.parse(identity, json, 2);
        if (offset.get(1) != data.bytes() || offset.get(0) > data.arrivals().length) {
            throw new CheckpointException(Problem.of("TR-443", identity + " has changed since the query last ran")
                    .have(data.bytes() + " bytes, and " + offset.get(1) + " when the checkpoint was written")
                    .fix("put the old data back, or start with an empty checkpoint"));
        }
        return offset;
    }

    @Override
    public boolean finished(@Nullable Offset from) {
        return row(from) == data.arrivals().length;
    }

    @Override
    public long[] progress(@Nullable Offset from) {
        return new long[] {row(from), data.arrivals().length};
    }

    @Override
    public long intervalMicros() {
        return intervalMicros;
    }

    @Override
    public double speed() {
        return speed;
    }

    @Override
    public List<String> notes() {
        return data.badRows() == 0
                ? List.of()
                : List.of(data.badRows() + (data.badRows() == 1 ? " record" : " records") + " of " + identity
                        + " could not be used");
    }

    @Override
    public void close() {}
}
