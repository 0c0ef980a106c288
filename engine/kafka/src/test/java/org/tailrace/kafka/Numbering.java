package org.tailrace.kafka;

import org.tailrace.StreamTable;
import org.tailrace.Tailrace;

/** A query that numbers the records of each key in its state: what it writes shows loss, doubling and wrong state alike. */
final class Numbering {
    private Numbering() {}

    public record Entry(String key, long number) {}

    public record Count(long n) {}

    public record Numbered(String key, long number, long n) {}

    /** @param most offsets a batch */
    static StreamTable of(Tailrace streams, String servers, String topic, int most) {
        return streams.kafka(servers, topic)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", most)
                .option("kafka.default.api.timeout.ms", 3_000)
                .option("kafka.request.timeout.ms", 3_000)
                .csv("key string, number bigint")
                .as(Entry.class)
                .keyBy(Entry::key)
                .process(Count.class, Numbered.class, (entry, state, out) -> {
                    long n = state.get().map(Count::n).orElse(0L) + 1;
                    state.set(new Count(n));
                    out.emit(new Numbered(entry.key(), entry.number(), n));
                })
                .select("concat(key, ',', number, ',', n) as value", "key");
    }

    /** The partition of a key: the same for all of its records, so that they have an order. */
    static int partition(String key, int parts) {
        return Math.floorMod(key.hashCode(), parts);
    }
}
