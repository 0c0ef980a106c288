package org.tailrace.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tailrace.broker.Broker;

/** The one broker of this JVM, and what tests do with its topics. As an extension, starts it before the first test. */
final class Topics implements BeforeAllCallback {
    private static @Nullable Broker broker;
    private static @Nullable Admin admin;
    private static @Nullable KafkaProducer<byte[], byte[]> producer;
    private static int made;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        broker();
    }

    static synchronized Broker broker() throws Exception {
        Broker running = broker;
        if (running == null) {
            running = new Broker();
            broker = running;
            Broker last = running;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    last.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        return running;
    }

    static String servers() throws Exception {
        return broker().servers();
    }

    static synchronized Admin admin() throws Exception {
        Admin open = admin;
        if (open == null) {
            open = Admin.create(Map.of("bootstrap.servers", servers()));
            admin = open;
        }
        return open;
    }

    static synchronized KafkaProducer<byte[], byte[]> producer() throws Exception {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            open = producer(Map.of());
            producer = open;
        }
        return open;
    }

    static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) throws Exception {
        var settings = new HashMap<String, Object>(more);
        settings.put("bootstrap.servers", servers());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A name that no other test has. */
    static synchronized String name(String stem) {
        return stem + "-" + ++made;
    }

    static String make(String stem, int parts) throws Exception {
        String full = name(stem);
        make(full, parts, Map.of());
        return full;
    }

    static void make(String name, int parts, Map<String, String> config) throws Exception {
        admin().createTopics(List.of(new NewTopic(name, parts, (short) 1).configs(config)))
                .all()
                .get();
        awaitLeader(name, parts);
    }

    /**
     * A topic is known before its broker leads it, and a producer that writes meanwhile can get its first batch refused and the
     * second one taken, after which the first never fits.
     */
    private static void awaitLeader(String name, int parts) throws Exception {
        var all = new HashMap<TopicPartition, OffsetSpec>();
        for (int part = 0; part < parts; part++) {
            all.put(new TopicPartition(name, part), OffsetSpec.latest());
        }
        while (true) {
            try {
                admin().listOffsets(all).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }

    /** Offsets so far, all partitions together: of transactions that are done, with their marks. */
    static long end(String topic, int parts) throws Exception {
        var all = new HashMap<TopicPartition, OffsetSpec>();
        for (int part = 0; part < parts; part++) {
            all.put(new TopicPartition(topic, part), OffsetSpec.latest());
        }
        return admin().listOffsets(all).all().get().values().stream()
                .mapToLong(info -> info.offset())
                .sum();
    }

    static void delete(String name) throws Exception {
        admin().deleteTopics(List.of(name)).all().get();
        while (true) {
            try {
                admin().describeTopics(List.of(name)).allTopicNames().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return;
                }
                throw e;
            }
        }
    }

    static void deleteBefore(String topic, int part, long offset) throws Exception {
        admin().deleteRecords(Map.of(new TopicPartition(topic, part), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    static void grow(String topic, int parts) throws Exception {
        admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(parts)))
                .all()
                .get();
        awaitLeader(topic, parts);
    }

    static void send(String topic, int part, String... values) throws Exception {
        for (String value : values) {
            producer().send(record(topic, part, null, value));
        }
        producer().flush();
    }

    static ProducerRecord<byte[], byte[]> record(String topic, int part, @Nullable String key, @Nullable String value) {
        return new ProducerRecord<>(topic, part, bytes(key), bytes(value));
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** All values that a consumer with {@code read_committed} finds, partition after partition. */
    static List<String> values(String topic) throws Exception {
        return records(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    static List<ConsumerRecord<byte[], byte[]>> records(String topic) throws Exception {
        var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (var info : consumer.partitionsFor(topic)) {
                var part = new TopicPartition(topic, info.partition());
                consumer.assign(Set.of(part));
                consumer.seekToBeginning(Set.of(part));
                long end = consumer.endOffsets(Set.of(part)).get(part);
                while (consumer.position(part) < end) {
                    all.addAll(consumer.poll(Duration.ofMillis(200)).records(part));
                }
            }
        }
        return all;
    }
}
