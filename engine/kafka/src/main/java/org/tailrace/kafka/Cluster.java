package org.tailrace.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a source asks the cluster about topics. Throws what Kafka's client throws. One thread. */
final class Cluster implements AutoCloseable {

    /** @param id empty if the broker is too old to have one */
    record Topic(String id, SortedSet<Integer> parts) {}

    /** Offsets that were asked for, not yet waited for. */
    interface Asked {
        SortedMap<TopicPartition, Long> answer() throws Exception;
    }

    private final Admin admin;
    private final ListOffsetsOptions isolation;

    Cluster(ClientConfig config) {
        Map<String, Object> settings = config.consumer();
        boolean committed = !"read_uncommitted".equals(settings.get("isolation.level"));
        isolation = new ListOffsetsOptions(committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED);
        admin = Admin.create(config.admin());
    }

    /** The topics that are there and match. */
    SortedSet<String> names(java.util.regex.Pattern pattern) throws Exception {
        var names = new TreeSet<String>();
        for (String name : admin.listTopics().names().get()) {
            if (pattern.matcher(name).matches()) {
                names.add(name);
            }
        }
        return names;
    }

    /** Those of the topics that are there. */
    SortedMap<String, Topic> describe(Set<String> names) throws Exception {
        SortedMap<String, Topic> topics = new TreeMap<>();
        if (names.isEmpty()) {
            return topics;
        }
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                TopicDescription topic = each.getValue().get();
                var parts = new TreeSet<Integer>();
                topic.partitions().forEach(part -> parts.add(part.partition()));
                boolean known = topic.topicId() != null && !topic.topicId().equals(Uuid.ZERO_UUID);
                topics.put(each.getKey(), new Topic(known ? topic.topicId().toString() : "", parts));
            } catch (ExecutionException e) {
                if (!gone(e)) {
                    throw e;
                }
            }
        }
        return topics;
    }

    private static boolean gone(ExecutionException e) {
        return e.getCause() instanceof UnknownTopicOrPartitionException
                || e.getCause() instanceof UnknownTopicIdException;
    }

    Asked earliest(Collection<TopicPartition> parts) {
        return ask(parts, part -> OffsetSpec.earliest());
    }

    /** With {@code read_committed}, before the first transaction that is open. */
    Asked latest(Collection<TopicPartition> parts) {
        return ask(parts, part -> OffsetSpec.latest());
    }

    /** The first record of its time or later; −1 for a partition that has none. */
    Asked at(Map<TopicPartition, Long> timesMs) {
        return ask(timesMs.keySet(), part -> OffsetSpec.forTimestamp(timesMs.getOrDefault(part, 0L)));
    }

    /** The answer lacks partitions that are not there. */
    private Asked ask(Collection<TopicPartition> parts, Function<TopicPartition, OffsetSpec> spec) {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        parts.forEach(part -> wanted.put(part, spec.apply(part)));
        ListOffsetsResult asked = admin.listOffsets(wanted, isolation);
        return () -> {
            SortedMap<TopicPartition, Long> offsets = KafkaOffset.map();
            for (TopicPartition part : wanted.keySet()) {
                try {
                    offsets.put(part, asked.partitionResult(part).get().offset());
                } catch (ExecutionException e) {
                    if (!gone(e)) {
                        throw e;
                    }
                }
            }
            return offsets;
        };
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
