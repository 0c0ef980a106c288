package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Offset;
import org.tailrace.spi.VirtualTime;

/**
 * The one clock of a query that reads replays only: it stands at the end of a batch interval in arrival time, and goes
 * straight to the end of the next one in which a row arrives.
 *
 * <pre>
 *  arrivals    x x  |   x   |       |       | x
 *  batches          0       1                       2
 * </pre>
 *
 * A row on an edge belongs to the interval that it ends.
 */
final class VirtualClock {
    private final List<SourceInput> sources;
    private final long intervalMicros;
    private long nowMicros;

    private VirtualClock(List<SourceInput> sources, long intervalMicros) {
        this.sources = sources;
        this.intervalMicros = intervalMicros;
    }

    /**
     * Empty for a query without replays.
     *
     * @throws PlanException TR-234 if it mixes replays and live sources
     */
    static Optional<VirtualClock> of(List<SourceInput> sources) {
        var replays = new ArrayList<String>();
        var live = new ArrayList<String>();
        long interval = Long.MAX_VALUE;
        for (SourceInput source : sources) {
            Optional<VirtualTime> time = source.virtualTime();
            (time.isPresent() ? replays : live).add(source.name());
            interval = Math.min(interval, time.map(VirtualTime::intervalMicros).orElse(interval));
        }
        if (replays.isEmpty()) {
            return Optional.empty();
        }
        if (!live.isEmpty()) {
            throw new PlanException(Problem.of("TR-234", "a replay cannot be mixed with a live source")
                    .because("a replay has its own clock, a live source has the clock on the wall")
                    .have("replay " + String.join(", ", replays) + "; live " + String.join(", ", live))
                    .fix("replay both, or read both live"));
        }
        return Optional.of(new VirtualClock(sources, interval));
    }

    long intervalMs() {
        return intervalMicros / 1000;
    }

    /** Batches a second of wall time that the slowest replay wants; 0 for as fast as possible. */
    double speed() {
        return sources.stream()
                .flatMap(source -> source.virtualTime().stream())
                .mapToDouble(VirtualTime::speed)
                .filter(speed -> speed > 0)
                .min()
                .orElse(0);
    }

    long nowMs() {
        return Math.floorDiv(nowMicros, 1000L);
    }

    void set(long ms) {
        nowMicros = Math.multiplyExact(ms, 1000L);
    }

    /** Before the first batch: the start of the first interval, so that a status has a time. */
    void begin() throws InterruptedException {
        OptionalLong arrival = nextArrival(positions());
        if (arrival.isPresent()) {
            nowMicros = Math.multiplyExact(Math.floorDiv(arrival.getAsLong(), intervalMicros), intervalMicros);
        }
    }

    /** Ends of the sources' next ranges, null for those in which nothing arrives; and the time they go to. */
    record Plan(long timeMs, List<@Nullable Offset> ends) {}

    /** @param whole all intervals in one batch */
    Optional<Plan> next(boolean whole) throws InterruptedException {
        List<@Nullable Offset> ends = positions();
        OptionalLong arrival = nextArrival(ends);
        if (arrival.isEmpty()) {
            return Optional.empty();
        }
        long boundary;
        do {
            boundary = -Math.multiplyExact(Math.floorDiv(-arrival.getAsLong(), intervalMicros), intervalMicros);
            for (int i = 0; i < ends.size(); i++) {
                ends.set(i, until(sources.get(i), ends.get(i), boundary));
            }
            arrival = nextArrival(ends);
        } while (whole && arrival.isPresent());
        for (int i = 0; i < ends.size(); i++) {
            Offset before = sources.get(i).position();
            Offset end = ends.get(i);
            if (before != null && end != null && before.json().equals(end.json())) {
                ends.set(i, null);
            }
        }
        return Optional.of(new Plan(Math.floorDiv(boundary, 1000L), ends));
    }

    private List<@Nullable Offset> positions() {
        List<@Nullable Offset> positions = new ArrayList<>();
        sources.forEach(source -> positions.add(source.position()));
        return positions;
    }

    private OptionalLong nextArrival(List<@Nullable Offset> from) throws InterruptedException {
        OptionalLong first = OptionalLong.empty();
        for (int i = 0; i < sources.size(); i++) {
            SourceInput source = sources.get(i);
            Offset position = from.get(i);
            OptionalLong next = Outside.source(
                    source.name(),
                    "looking for its next arrival",
                    () -> source.virtualTime().orElseThrow().nextArrivalMicros(position));
            if (next.isPresent() && (first.isEmpty() || next.getAsLong() < first.getAsLong())) {
                first = next;
            }
        }
        return first;
    }

    private static Offset until(SourceInput source, @Nullable Offset from, long micros) throws InterruptedException {
        return Outside.source(
                source.name(),
                "planning a batch",
                () -> source.virtualTime().orElseThrow().until(from, micros));
    }
}
