package org.tailrace.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.error.Problem;
import org.tailrace.error.SinkException;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.SinkSpec;
import org.tailrace.spi.Sink;

/**
 * Writes each batch in a transaction of its own, with its id in the same transaction ({@link Marker}).
 *
 * <p>The transactional id belongs to the query's checkpoint. Whoever begins to write under it fences off all who did before, and
 * what they had begun is rolled back. After a failure nobody knows whether the transaction came about: the producer is given up,
 * the next one makes Kafka decide, and the marker then says what was decided. A query that was fenced off must not do that,
 * or it would fence off its successor: each start of a query writes its epoch into the marker before it writes anything else,
 * and who finds a higher one there stops.
 *
 * <p>With {@code exactlyOnce=false} rows are written as they come, and a batch that is run again is written again.
 */
final class KafkaSink implements Sink {
    private static final Duration CLOSING = Duration.ofMillis(500);

    private final SinkOptions options;
    private final KafkaErrors errors;
    private Schema schema = new Schema(List.of());
    private String id = "";
    private long epoch;
    private @Nullable RowRecords records;
    private @Nullable Admin admin;
    private @Nullable Producer<byte[], byte[]> producer;
    private Marker marker = Marker.NONE;
    private boolean fenced;

    KafkaSink(SinkSpec spec) {
        options = SinkOptions.of(spec.options());
        errors = new KafkaErrors(spec.identity(), options.clients());
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(options.exactlyOnce());
    }

    @Override
    public void open(String queryId, long start, Schema rows, List<Integer> upsertKeys) throws Exception {
        schema = rows;
        id = options.transactionalIdPrefix() + queryId;
        epoch = start;
        records = new RowRecords(schema, options);
        errors.sink(this::connect);
    }

    @Override
    public OptionalLong lastCommitted() {
        return marker.committed();
    }

    /** A producer of which nothing is in doubt. */
    private Producer<byte[], byte[]> connect() throws Exception {
        if (fenced) {
            throw new SinkException(errors.fencedOff());
        }
        if (!options.exactlyOnce()) {
            Producer<byte[], byte[]> made = make(Map.of("acks", "all"));
            producer = made;
            exists(made);
            return made;
        }
        Admin asked = admin;
        if (asked == null) {
            asked = Admin.create(options.clients().admin());
            admin = asked;
        }
        refuse(Marker.read(asked, id, false));
        Producer<byte[], byte[]> made =
                make(Map.of("acks", "all", "enable.idempotence", "true", "transactional.id", id));
        producer = made;
        exists(made);
        made.initTransactions();
        Marker found = Marker.read(asked, id, true);
        refuse(found);
        marker = new Marker(found.batch(), epoch);
        if (options.topic().isPresent()) {
            made.beginTransaction();
            mark(made, options.topic().get(), marker);
            made.commitTransaction();
        }
        return made;
    }

    private Producer<byte[], byte[]> make(Map<String, Object> fixed) {
        return new KafkaProducer<>(
                options.clients().producer(fixed), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Also makes a broker make the topic that does so by itself. */
    private void exists(Producer<byte[], byte[]> made) {
        if (options.topic().isPresent()) {
            try {
                made.partitionsFor(options.topic().get());
            } catch (TimeoutException e) {
                throw new SinkException(
                        Problem.of(
                                        "TR-461",
                                        "no topic " + options.topic().get() + " at "
                                                + options.clients().servers())
                                .because("no broker there answers, or it has no such topic")
                                .fix("make it, or correct its name"),
                        null,
                        true);
            }
        }
    }

    /** Stops who is not the last to have started. */
    private void refuse(Marker found) {
        if (found.epoch() > epoch) {
            fenced = true;
            throw new SinkException(errors.fencedOff());
        }
    }

    private void mark(Producer<byte[], byte[]> to, String topic, Marker now) {
        to.sendOffsetsToTransaction(Map.of(new TopicPartition(topic, 0), now.offset()), new ConsumerGroupMetadata(id));
    }

    /** Whatever was begun, the next producer makes Kafka decide about it. */
    private void giveUp() {
        Producer<byte[], byte[]> given = producer;
        producer = null;
        if (given != null) {
            given.close(Duration.ZERO);
        }
    }

    @Override
    public Writer begin(long batchId, OutputMode mode) throws Exception {
        Producer<byte[], byte[]> open = producer;
        Producer<byte[], byte[]> to = open != null ? open : tried(this::connect);
        if (options.exactlyOnce() && marker.batch() >= batchId) {
            return new Written();
        }
        return new Sending(to, batchId);
    }

    private <T> T tried(KafkaErrors.Call<T> call) throws Exception {
        boolean done = false;
        try {
            T result = errors.sink(() -> {
                try {
                    return call.run();
                } catch (Exception e) {
                    throw KafkaErrors.fenced(e) ? fencedOff(e) : e;
                }
            });
            done = true;
            return result;
        } finally {
            if (!done) {
                giveUp();
            }
        }
    }

    /** Kafka also refuses a producer whose transaction took too long; then nobody else has written the marker. */
    private Exception fencedOff(Exception e) throws Exception {
        Admin asked = admin;
        if (asked != null && options.topic().isPresent()) {
            refuse(Marker.read(asked, id, false));
            return new SinkException(
                    Problem.of("TR-470", "Kafka has given up the transaction of a batch")
                            .because(
                                    "it was open for longer than kafka.transaction.timeout.ms, or its coordinator has changed")
                            .fix("the query writes the batch again by itself"),
                    e,
                    true);
        }
        fenced = true;
        return e;
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        try {
            if (open != null) {
                open.close(CLOSING);
            }
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** The batch is there already, as turned out when Kafka had decided about a transaction that was in doubt. */
    private static final class Written implements Writer {
        @Override
        public void append(Batch rows) {}

        @Override
        public void commit() {}

        @Override
        public void abort() {}
    }

    private final class Sending implements Writer {
        private final Producer<byte[], byte[]> to;
        private final long batchId;
        private final RowRecords rowRecords = Objects.requireNonNull(records);
        private @Nullable String topic;
        private volatile @Nullable Exception failure;

        Sending(Producer<byte[], byte[]> to, long batchId) {
            this.to = to;
            this.batchId = batchId;
        }

        @Override
        public void append(Batch rows) throws Exception {
            tried(() -> {
                rowRecords.each(rows, this::send);
                return rows;
            });
        }

        private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
            if (topic == null) {
                topic = options.topic().orElse(record.topic());
                if (options.exactlyOnce()) {
                    to.beginTransaction();
                }
            }
            check();
            to.send(record, (metadata, e) -> {
                if (e != null && failure == null) {
                    failure = e;
                }
            });
        }

        private void check() throws Exception {
            Exception first = failure;
            if (first != null) {
                throw first;
            }
        }

        /** A batch without rows leaves nothing behind, and it is all the same if it comes again. */
        @Override
        public void commit() throws Exception {
            String marked = topic;
            if (marked == null) {
                return;
            }
            tried(() -> {
                if (!options.exactlyOnce()) {
                    to.flush();
                    check();
                    return marker;
                }
                Marker now = new Marker(batchId, epoch);
                to.flush();
                check();
                mark(to, marked, now);
                to.commitTransaction();
                marker = now;
                return marker;
            });
        }

        @Override
        public void abort() throws Exception {
            if (topic != null && producer == to) {
                tried(() -> {
                    if (options.exactlyOnce()) {
                        to.abortTransaction();
                    }
                    return marker;
                });
            }
        }
    }
}
