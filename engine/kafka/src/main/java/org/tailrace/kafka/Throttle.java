package org.tailrace.kafka;

import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;
import org.tailrace.env.Clock;

/**
 * How much a batch takes: at most {@code maxOffsetsPerTrigger}, spread over the partitions by what each has, as Spark does
 * it; and nothing before {@code minOffsetsPerTrigger} are there or {@code maxTriggerDelay} is over.
 */
final class Throttle {
    private static final long NEVER = Long.MIN_VALUE;

    record Limits(long most, long least, long delayMs) {}

    private final Limits limits;
    private final Clock clock;
    private long lastNanos = NEVER;

    Throttle(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether there is not yet enough to be worth a batch. */
    boolean waits(SortedMap<TopicPartition, Long> from, SortedMap<TopicPartition, Long> to) {
        return limits.least() > 0
                && total(from, to) < limits.least()
                && lastNanos != NEVER
                && clock.nanoTime() - lastNanos < limits.delayMs() * 1_000_000L;
    }

    /** The ends of a batch that starts now. */
    SortedMap<TopicPartition, Long> ends(SortedMap<TopicPartition, Long> from, SortedMap<TopicPartition, Long> to) {
        lastNanos = clock.nanoTime();
        long total = total(from, to);
        if (total <= limits.most()) {
            return to;
        }
        SortedMap<TopicPartition, Long> ends = KafkaOffset.map();
        for (Map.Entry<TopicPartition, Long> end : to.entrySet()) {
            long begin = from.getOrDefault(end.getKey(), 0L);
            long size = Math.max(0, end.getValue() - begin);
            double share = (double) limits.most() * size / total;
            long take = (long) (share < 1 ? Math.ceil(share) : Math.floor(share));
            ends.put(end.getKey(), begin + Math.min(size, take));
        }
        return ends;
    }

    private static long total(SortedMap<TopicPartition, Long> from, SortedMap<TopicPartition, Long> to) {
        long total = 0;
        for (Map.Entry<TopicPartition, Long> end : to.entrySet()) {
            total += Math.max(0, end.getValue() - from.getOrDefault(end.getKey(), 0L));
        }
        return total;
    }
}
