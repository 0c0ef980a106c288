package org.tailrace.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.Clock;

/**
 * Fetches ranges of partitions, one partition after the other, over one consumer. One thread.
 *
 * <p>The consumer stays assigned to all partitions of the source, and what it fetches of others than the one that is being
 * read, or beyond the end of the range, waits here until it is asked for: the next range then begins without a seek, and the
 * fetch that waits at the broker for new records is the one that brings them. A partition of which enough waits is paused.
 *
 * <p>Offsets have gaps, where a transaction ended or was aborted and where compaction took a record away. So a range ends by
 * the consumer's position and never by a count.
 */
final class Fetcher implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int ENOUGH_RECORDS = RecordReader.BLOCK;
    private static final long ENOUGH_BYTES = 8 << 20;

    /** Records {@code from} to {@code to} of a list. */
    record Chunk(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, int from, int to) {}

    /** A range began before the first record that is still there, or after the last. */
    static final class OutOfRange extends Exception {
        private static final long serialVersionUID = 1L;

        final transient TopicPartition part;
        final long offset;

        OutOfRange(TopicPartition part, long offset) {
            super(part + " has no offset " + offset, null, false, false);
            this.part = part;
            this.offset = offset;
        }
    }

    /** What was fetched of a partition and not yet read. */
    private static final class Ahead {
        final Deque<List<ConsumerRecord<ByteBuffer, ByteBuffer>>> lists = new ArrayDeque<>();
        int index;
        int records;
        long bytes;
        /** All before this offset was read; −1 if the consumer stands anywhere. */
        long read = -1;

        void add(List<ConsumerRecord<ByteBuffer, ByteBuffer>> more) {
            lists.add(more);
            records += more.size();
            more.forEach(record -> bytes += size(record));
        }

        private static long size(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
            return 64L + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        }

        boolean full() {
            return records >= ENOUGH_RECORDS || bytes >= ENOUGH_BYTES;
        }

        void clear() {
            lists.clear();
            index = 0;
            records = 0;
            bytes = 0;
            read = -1;
        }

        /** What waits of the records before {@code end}, at most one list; null if there are none. */
        @Nullable
        Chunk take(long end) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> list = lists.peek();
            if (list == null) {
                return null;
            }
            int from = index;
            int to = from;
            if (list.get(list.size() - 1).offset() < end) {
                to = list.size();
            } else {
                while (list.get(to).offset() < end) {
                    to++;
                }
            }
            for (int i = from; i < to; i++) {
                bytes -= size(list.get(i));
            }
            records -= to - from;
            index = to;
            if (to == list.size()) {
                lists.remove();
                index = 0;
            }
            return to == from ? null : new Chunk(list, from, to);
        }
    }

    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final Clock clock;
    private final long timeoutNanos;
    private final Map<TopicPartition, Ahead> all = new HashMap<>();

    Fetcher(ClientConfig config, Clock clock, long timeoutMs) {
        consumer = new KafkaConsumer<>(config.consumer(), new ByteBufferDeserializer(), new ByteBufferDeserializer());
        this.clock = clock;
        timeoutNanos = timeoutMs * 1_000_000L;
    }

    /** The partitions that may be read, and from where; those that stay keep what was fetched of them. */
    void assign(Map<TopicPartition, Long> begins) {
        if (begins.keySet().equals(all.keySet())) {
            return;
        }
        consumer.assign(begins.keySet());
        all.keySet().retainAll(begins.keySet());
        begins.forEach((part, offset) -> {
            if (!all.containsKey(part)) {
                all.put(part, new Ahead());
                begin(part, offset);
            }
        });
    }

    /** Everything that was fetched is of a topic that is not there any more. */
    void forget(String topic) {
        all.forEach((part, ahead) -> {
            if (part.topic().equals(topic)) {
                ahead.clear();
            }
        });
    }

    /** The next chunk is to begin at {@code offset}. */
    void begin(TopicPartition part, long offset) {
        Ahead ahead = ahead(part);
        if (ahead.read != offset) {
            ahead.clear();
            consumer.seek(part, offset);
            ahead.read = offset;
        }
    }

    private Ahead ahead(TopicPartition part) {
        return Objects.requireNonNull(all.get(part), part::toString);
    }

    /**
     * The next records before {@code end}; null once there are no more.
     *
     * @throws OutOfRange if the broker does not have the offset where they should begin
     * @throws TimeoutException if nothing comes for the time of {@code kafkaConsumer.pollTimeoutMs}
     */
    @Nullable
    Chunk next(TopicPartition part, long end) throws OutOfRange {
        Ahead ahead = ahead(part);
        long position = -1;
        long since = clock.nanoTime();
        while (true) {
            Chunk chunk = ahead.take(end);
            if (chunk != null) {
                ahead.read = chunk.records().get(chunk.to() - 1).offset() + 1;
                return chunk;
            }
            long at = consumer.position(part, POLL);
            if (!ahead.lists.isEmpty() || at >= end) {
                ahead.read = end;
                return null;
            }
            long now = clock.nanoTime();
            if (at != position) {
                position = at;
                since = now;
            } else if (now - since > timeoutNanos) {
                throw new TimeoutException(
                        "nothing came of " + part + " from offset " + at + " on, though there must be more");
            }
            poll(part);
        }
    }

    private void poll(TopicPartition wanted) throws OutOfRange {
        pause(wanted);
        try {
            ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(POLL);
            for (TopicPartition part : records.partitions()) {
                ahead(part).add(records.records(part));
            }
        } catch (OffsetOutOfRangeException e) {
            OptionalLong lost = OptionalLong.empty();
            for (Map.Entry<TopicPartition, Long> each :
                    e.offsetOutOfRangePartitions().entrySet()) {
                ahead(each.getKey()).clear();
                if (each.getKey().equals(wanted)) {
                    lost = OptionalLong.of(each.getValue());
                }
            }
            if (lost.isPresent()) {
                throw new OutOfRange(wanted, lost.getAsLong());
            }
        }
    }

    /** Fetches of the others only what will be wanted soon; none of those that stand nowhere. */
    private void pause(TopicPartition wanted) {
        Set<TopicPartition> paused = consumer.paused();
        Collection<TopicPartition> pause = new ArrayList<>();
        Collection<TopicPartition> resume = new HashSet<>();
        all.forEach((part, ahead) -> {
            boolean rests = !part.equals(wanted) && (ahead.full() || ahead.read < 0);
            if (rests && !paused.contains(part)) {
                pause.add(part);
            } else if (!rests && paused.contains(part)) {
                resume.add(part);
            }
        });
        if (!pause.isEmpty()) {
            consumer.pause(pause);
        }
        if (!resume.isEmpty()) {
            consumer.resume(resume);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
