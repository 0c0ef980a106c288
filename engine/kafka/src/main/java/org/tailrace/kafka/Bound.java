package org.tailrace.kafka;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.tailrace.spi.Options;

/** Where reading starts or ends, as Spark's options {@code startingOffsets}, {@code endingTimestamp} and so on say. */
sealed interface Bound {
    /** In Spark's JSON: the first offset after all that is there, and the first that is still there. */
    long LATEST = -1;

    long EARLIEST = -2;

    record Earliest() implements Bound {}

    record Latest() implements Bound {}

    /** By partition; every partition that is read must be in it. */
    record Offsets(SortedMap<TopicPartition, Long> offsets) implements Bound {}

    /** The first record of that time or later, in each partition. */
    record Time(long timestampMs, boolean orLatest) implements Bound {}

    record Times(SortedMap<TopicPartition, Long> timestampsMs, boolean orLatest) implements Bound {}

    List<String> STARTS = List.of(
            "startingOffsets", "startingTimestamp", "startingOffsetsByTimestamp", "startingOffsetsByTimestampStrategy");
    List<String> ENDS = List.of("endingOffsets", "endingTimestamp", "endingOffsetsByTimestamp");

    static Bound start(Options options, boolean streaming) {
        boolean orLatest = options.choice("startingOffsetsByTimestampStrategy", "error", List.of("error", "latest"))
                .equals("latest");
        return bound(options, "starting", orLatest, streaming ? new Latest() : new Earliest());
    }

    static Bound end(Options options) {
        return bound(options, "ending", true, new Latest());
    }

    /** The more exact option wins, as on Spark. */
    private static Bound bound(Options options, String which, boolean orLatest, Bound otherwise) {
        String time = which + "Timestamp";
        String times = which + "OffsetsByTimestamp";
        String offsets = which + "Offsets";
        if (options.has(time)) {
            return new Time(options.number(time, 0, 0), orLatest);
        }
        if (options.has(times)) {
            return json(options, times, "{\"orders\":{\"0\":1700000000000}}", map -> new Times(map, orLatest));
        }
        if (!options.has(offsets)) {
            return otherwise;
        }
        String text = options.required(offsets).trim().toLowerCase(Locale.ROOT);
        if (text.equals("latest")) {
            return new Latest();
        }
        boolean start = which.equals("starting");
        if (text.equals("earliest") && start) {
            return new Earliest();
        }
        String wanted = (start ? "earliest, latest" : "latest") + ", or offsets such as {\"orders\":{\"0\":23}}";
        return json(options, offsets, wanted, Offsets::new);
    }

    private static Bound json(
            Options options, String name, String wanted, Function<SortedMap<TopicPartition, Long>, Bound> made) {
        String text = options.required(name);
        return OffsetText.numbers(text)
                .filter(map -> !map.isEmpty() && map.values().stream().allMatch(offset -> offset >= EARLIEST))
                .map(made)
                .orElseThrow(() -> options.wrong(name, text, wanted));
    }
}
