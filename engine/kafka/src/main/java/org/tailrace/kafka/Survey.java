package org.tailrace.kafka;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.Problem;
import org.tailrace.error.SourceException;

/**
 * Looks at what is there: partitions, those that are new, and how far each goes.
 *
 * <p>The ends are asked for before the topics' ids: ids do not come back, so if the id is still the known one afterwards, the
 * ends were those of the known topic.
 */
final class Survey {
    private final String identity;
    private final SourceOptions options;
    private final Cluster cluster;
    private final Losses losses;

    Survey(String identity, SourceOptions options, Cluster cluster, Losses losses) {
        this.identity = identity;
        this.options = options;
        this.cluster = cluster;
        this.losses = losses;
    }

    /** The end of all that is there, with the starts of what is new since {@code before}. */
    KafkaOffset now(@Nullable KafkaOffset before) throws Exception {
        Set<TopicPartition> known = before == null ? Set.of() : before.ends().keySet();
        Cluster.Asked asked = cluster.latest(known);
        SortedMap<String, Cluster.Topic> topics = topics(before);
        SortedMap<TopicPartition, Long> ends = asked.answer();
        ends.keySet().removeIf(part -> !topics.containsKey(part.topic()));
        SortedMap<TopicPartition, Long> starts = KafkaOffset.map();
        if (before != null) {
            compare(before, topics, ends, starts);
        }
        Set<TopicPartition> fresh = parts(topics);
        fresh.removeAll(ends.keySet());
        if (!fresh.isEmpty()) {
            SortedMap<TopicPartition, Long> first = before == null
                    ? bound(options.start(), fresh)
                    : cluster.earliest(fresh).answer();
            SortedMap<TopicPartition, Long> last = cluster.latest(fresh).answer();
            for (TopicPartition part : fresh) {
                long end = last.getOrDefault(part, 0L);
                long start = Math.min(first.getOrDefault(part, 0L), Math.max(end, 0));
                if (before != null && start > 0 && !starts.containsKey(part)) {
                    losses.gone(part, 0, end, start, start);
                }
                starts.put(part, start);
                ends.put(part, end);
            }
        }
        SortedMap<String, String> ids = new TreeMap<>();
        ends.keySet()
                .forEach(part -> ids.put(part.topic(), topics.get(part.topic()).id()));
        return new KafkaOffset(ends, starts, ids);
    }

    /** Drops what is another topic now, so that it is found new, and looks for ends that have gone back. */
    private void compare(
            KafkaOffset before,
            SortedMap<String, Cluster.Topic> topics,
            SortedMap<TopicPartition, Long> ends,
            SortedMap<TopicPartition, Long> starts) {
        before.ids().forEach((name, id) -> {
            if (losses.changed(name, id, topics.get(name))) {
                ends.keySet().removeIf(part -> part.topic().equals(name));
                before.ends().keySet().stream()
                        .filter(part -> part.topic().equals(name) && topics.containsKey(name))
                        .forEach(part -> starts.put(part, 0L));
            }
        });
        ends.forEach((part, end) -> {
            long read = before.ends().getOrDefault(part, 0L);
            if (end < read) {
                losses.gone(part, end, read, read, end);
                starts.put(part, end);
            }
        });
        starts.keySet().removeIf(part -> !topics.get(part.topic()).parts().contains(part.partition()));
    }

    private Set<TopicPartition> parts(SortedMap<String, Cluster.Topic> topics) {
        if (options.topics() instanceof TopicChoice.Parts chosen) {
            chosen.parts().stream()
                    .filter(part -> !topics.containsKey(part.topic())
                            || !topics.get(part.topic()).parts().contains(part.partition()))
                    .findFirst()
                    .ifPresent(part -> {
                        throw losses.missing("partition " + part);
                    });
            var parts = new TreeSet<TopicPartition>(KafkaOffset.map().comparator());
            parts.addAll(chosen.parts());
            return parts;
        }
        var parts = new TreeSet<TopicPartition>(KafkaOffset.map().comparator());
        topics.forEach((name, topic) -> topic.parts().forEach(part -> parts.add(new TopicPartition(name, part))));
        return parts;
    }

    private SortedMap<String, Cluster.Topic> topics(@Nullable KafkaOffset before) throws Exception {
        TopicChoice choice = options.topics();
        Set<String> names = choice instanceof TopicChoice.Names some
                ? some.topics()
                : choice instanceof TopicChoice.Parts some
                        ? some.topics()
                        : cluster.names(((TopicChoice.Matching) choice).pattern());
        SortedMap<String, Cluster.Topic> topics = cluster.describe(names);
        if (!(choice instanceof TopicChoice.Matching) && (before == null || options.failOnDataLoss())) {
            String missing =
                    names.stream().filter(name -> !topics.containsKey(name)).collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw losses.missing(missing);
            }
        }
        return topics;
    }

    /** The range of a bounded source: all from its start to its end. */
    KafkaOffset bounded(KafkaOffset all) throws Exception {
        SortedMap<TopicPartition, Long> ends = bound(options.end(), all.ends().keySet());
        ends.replaceAll((part, end) -> Math.max(
                all.starts().getOrDefault(part, 0L), Math.min(end, all.ends().getOrDefault(part, end))));
        return new KafkaOffset(ends, all.starts(), all.ids());
    }

    private SortedMap<TopicPartition, Long> bound(Bound bound, Set<TopicPartition> parts) throws Exception {
        if (bound instanceof Bound.Earliest) {
            return cluster.earliest(parts).answer();
        } else if (bound instanceof Bound.Latest) {
            return cluster.latest(parts).answer();
        } else if (bound instanceof Bound.Offsets some) {
            return offsets(some.offsets(), parts);
        } else if (bound instanceof Bound.Time time) {
            SortedMap<TopicPartition, Long> times = KafkaOffset.map();
            parts.forEach(part -> times.put(part, time.timestampMs()));
            return times(times, time.orLatest());
        }
        var times = (Bound.Times) bound;
        complete(times.timestampsMs(), parts);
        return times(times.timestampsMs(), times.orLatest());
    }

    private SortedMap<TopicPartition, Long> offsets(SortedMap<TopicPartition, Long> given, Set<TopicPartition> parts)
            throws Exception {
        complete(given, parts);
        SortedMap<TopicPartition, Long> earliest = cluster.earliest(parts).answer();
        SortedMap<TopicPartition, Long> latest = cluster.latest(parts).answer();
        SortedMap<TopicPartition, Long> offsets = KafkaOffset.map();
        for (TopicPartition part : parts) {
            long offset = given.getOrDefault(part, Bound.EARLIEST);
            SortedMap<TopicPartition, Long> named = offset == Bound.LATEST ? latest : earliest;
            offsets.put(part, offset >= 0 ? Long.valueOf(offset) : named.getOrDefault(part, 0L));
        }
        return offsets;
    }

    private void complete(SortedMap<TopicPartition, Long> given, Set<TopicPartition> parts) {
        if (!given.keySet().equals(parts)) {
            throw new SourceException(
                    Problem.of("TR-427", identity + ": offsets are given for other partitions than are read")
                            .have("given " + given.keySet() + ", read " + parts)
                            .fix("give one for each partition: -2 for the earliest, -1 for the latest"));
        }
    }

    private SortedMap<TopicPartition, Long> times(SortedMap<TopicPartition, Long> timesMs, boolean orLatest)
            throws Exception {
        SortedMap<TopicPartition, Long> offsets = cluster.at(timesMs).answer();
        SortedMap<TopicPartition, Long> latest =
                cluster.latest(timesMs.keySet()).answer();
        for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
            if (offset.getValue() < 0 && !orLatest) {
                throw new SourceException(
                        Problem.of(
                                        "TR-427",
                                        identity + ": no record of " + offset.getKey() + " is as young as "
                                                + timesMs.get(offset.getKey()))
                                .fix(
                                        ".option(\"startingOffsetsByTimestampStrategy\", \"latest\") starts there with what comes"));
            }
            if (offset.getValue() < 0) {
                offset.setValue(latest.getOrDefault(offset.getKey(), 0L));
            }
        }
        return offsets;
    }
}
