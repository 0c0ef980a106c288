package org.tailrace.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.tailrace.bench.contest.Intake;
import org.tailrace.bench.data.BidText;
import org.tailrace.broker.Broker;

/**
 * A JVM with a broker, and bids in a topic of two partitions: prints the broker's address and the bytes of the values once
 * all are there, and ends when its input does.
 */
final class Topics {
    private Topics() {}

    public static void main(String[] args) throws Exception {
        try (var broker = new Broker()) {
            long bytes = fill(broker.servers(), new BidText(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
            System.out.println(broker.servers() + " " + bytes);
            System.out.flush();
            await();
        }
        System.exit(0);
    }

    private static void await() throws IOException {
        while (System.in.read() >= 0) {
            // Nobody says anything: the other side closes it, or ends.
        }
    }

    /** @return bytes of the values */
    static long fill(String servers, BidText bids) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(
                            new NewTopic(Intake.Text.TOPIC, 2, (short) 1),
                            new NewTopic(Intake.Text.COUNTS, 2, (short) 1)))
                    .all()
                    .get();
        }
        long bytes = 0;
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers, "linger.ms", 20, "batch.size", 1 << 18, "retries", 100);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int row = 0; row < bids.rows(); row++) {
                byte[] value = bids.line("json", row);
                bytes += value.length;
                producer.send(new ProducerRecord<>(Intake.Text.TOPIC, row % 2, null, value));
            }
        }
        return bytes;
    }
}
