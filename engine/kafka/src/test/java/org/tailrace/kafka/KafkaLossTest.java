package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.memory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.KafkaTable;
import org.tailrace.Query;
import org.tailrace.Tailrace;
import org.tailrace.error.SourceException;
import org.tailrace.report.QueryStatus.State;

/** Topics that change under a query, and a broker that goes away. */
@Timeout(120)
@ExtendWith(Topics.class)
class KafkaLossTest {
    @TempDir
    Path checkpoint;

    private final Tailrace streams = Tailrace.local();

    @AfterEach
    void close() throws Exception {
        streams.close();
    }

    private KafkaTable kafka(String topic) throws Exception {
        return streams.kafka(Topics.servers(), topic).option("startingOffsets", "earliest");
    }

    private Query start(KafkaTable table) {
        return table.text()
                .select("value")
                .to(memory("out"))
                .step()
                .checkpoint(checkpoint)
                .start("out");
    }

    /** What the query has given since it was started. */
    private List<String> out() {
        return streams.table("out").collect().rows().stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @Test
    void F8_records_deleted_before_they_were_read_stop_the_query_or_are_counted() throws Exception {
        String topic = Topics.make("deleted", 1);
        Topics.send(topic, 0, "a", "b", "c", "d", "e", "f");
        KafkaTable few = kafka(topic).option("maxOffsetsPerTrigger", 2);
        Query q = start(few);
        q.step(1);
        q.stop();
        Topics.deleteBefore(topic, 0, 5);
        Query strict = start(few);
        var e = assertThrows(SourceException.class, () -> strict.step(1));
        assertEquals("TR-462", e.code());
        assertTrue(
                e.getMessage().contains("wanted 2 to 3, the first that is there is 5; 2 records lost"), e.getMessage());
        strict.stop();
        Query lenient = start(few.option("failOnDataLoss", false));
        lenient.step(2);
        assertEquals(List.of("f"), out());
        assertTrue(lenient.lastReport().orElseThrow().toString().contains("3 offsets lost so far"));
        assertTrue(
                lenient.lastReport().orElseThrow().toString().contains("offsets 2 to 3 of " + topic + "-0 are gone"));
    }

    @Test
    void F9_added_partitions_are_read_from_their_beginning() throws Exception {
        String topic = Topics.make("grown", 1);
        Topics.send(topic, 0, "a");
        Query q = start(kafka(topic));
        q.step(1);
        Topics.grow(topic, 3);
        Topics.send(topic, 2, "c", "d");
        Topics.send(topic, 1, "b");
        q.step(1);
        assertEquals(List.of("a", "b", "c", "d"), out());
    }

    @Test
    void F9_a_topic_made_again_is_told_by_its_id_though_it_has_more_records() throws Exception {
        String topic = Topics.make("again", 1);
        Topics.send(topic, 0, "a", "b");
        Query q = start(kafka(topic));
        q.step(1);
        Topics.delete(topic);
        Topics.make(topic, 1, Map.of());
        Topics.send(topic, 0, "1", "2", "3", "4");
        assertEquals(
                "TR-463", assertThrows(SourceException.class, () -> q.step(1)).code());
        q.stop();
        Query lenient = start(kafka(topic).option("failOnDataLoss", false));
        lenient.step(1);
        assertEquals(List.of("1", "2", "3", "4"), out());
        assertTrue(lenient.lastReport().orElseThrow().toString().contains("was deleted and made again"));
    }

    @Test
    void F9_a_topic_made_again_after_a_batch_was_logged_is_found_when_the_batch_is_run_again() throws Exception {
        String topic = Topics.make("logged", 1);
        Topics.send(topic, 0, "a", "b");
        var source = (org.tailrace.spi.Source) new KafkaProvider()
                .open(
                        new KafkaProvider()
                                .describe(
                                        "kafka",
                                        Map.of(
                                                "kafka.bootstrap.servers",
                                                Topics.servers(),
                                                "subscribe",
                                                topic,
                                                "startingoffsets",
                                                "earliest"),
                                        org.tailrace.data.Schema.of(),
                                        true,
                                        org.tailrace.env.SystemEnvironment.create()),
                        org.tailrace.env.SystemEnvironment.create());
        try (source) {
            var to = source.plan(null, org.tailrace.spi.Source.Limit.NONE).orElseThrow();
            assertEquals(to.json(), source.offset(to.json()).json());
            Topics.delete(topic);
            Topics.make(topic, 1, Map.of());
            Topics.send(topic, 0, "1", "2");
            assertEquals(
                    "TR-463",
                    assertThrows(SourceException.class, () -> source.read(null, to))
                            .code());
        }
    }

    /** A commit returns before every partition has its marker, and until then nobody sees the rows. */
    private void until(int rows, Query q) throws Exception {
        while (out().size() < rows) {
            q.processAllAvailable();
        }
    }

    @Test
    void F10_aborted_and_open_transactions_are_not_read_and_their_gaps_are_passed() throws Exception {
        String topic = Topics.make("transactions", 1);
        Query q = start(kafka(topic));
        try (var one = Topics.producer(Map.of("transactional.id", topic + "-1"));
                var two = Topics.producer(Map.of("transactional.id", topic + "-2"))) {
            one.initTransactions();
            two.initTransactions();
            for (int i = 0; i < 6; i++) {
                one.beginTransaction();
                two.beginTransaction();
                one.send(Topics.record(topic, 0, null, "one" + i));
                two.send(Topics.record(topic, 0, null, "two" + i));
                one.flush();
                two.flush();
                if (i % 2 == 0) {
                    one.commitTransaction();
                    two.abortTransaction();
                } else {
                    one.abortTransaction();
                    two.commitTransaction();
                }
                q.processAllAvailable();
            }
            until(6, q);
            assertEquals(List.of("one0", "two1", "one2", "two3", "one4", "two5"), out());
            one.beginTransaction();
            one.send(Topics.record(topic, 0, null, "open"));
            one.flush();
            Topics.send(topic, 0, "behind");
            q.processAllAvailable();
            assertEquals(6, out().size());
            one.commitTransaction();
            until(8, q);
            assertEquals(List.of("open", "behind"), out().subList(6, 8));
            two.beginTransaction();
            two.send(Topics.record(topic, 0, null, "only aborted"));
            two.flush();
            two.abortTransaction();
            q.processAllAvailable();
            assertEquals(8, out().size());
        }
    }

    @Test
    void F10_what_compaction_took_away_is_a_gap() throws Exception {
        String topic = Topics.name("compacted");
        Topics.make(
                topic, 1, Map.of("cleanup.policy", "compact", "segment.ms", "1", "min.cleanable.dirty.ratio", "0.001"));
        for (int i = 0; i < 20; i++) {
            Topics.producer()
                    .send(Topics.record(topic, 0, "k" + i % 2, "v" + i))
                    .get();
        }
        while (Topics.records(topic).size() > 6) {
            Topics.producer().send(Topics.record(topic, 0, "tick", "tick")).get();
        }
        List<String> there = Topics.values(topic);
        Query q = start(kafka(topic));
        q.step(1);
        assertEquals(there, out().subList(0, there.size()));
        assertTrue(there.contains("v18") && there.contains("v19"));
    }

    @Test
    void F7_a_broker_that_is_away_is_waited_for_and_the_query_says_so() throws Exception {
        String topic = Topics.make("away", 1);
        Topics.send(topic, 0, "before");
        Query q = kafka(topic)
                .option("kafka.default.api.timeout.ms", 1_000)
                .option("kafka.request.timeout.ms", 1_000)
                .text()
                .select("value")
                .to(memory("out"))
                .checkpoint(checkpoint)
                .start("out");
        q.processAllAvailable();
        Topics.broker().stop();
        while (q.status().state() != State.RETRYING) {
            Thread.onSpinWait();
        }
        assertTrue(
                q.status().detail().contains("no answer from Kafka at " + Topics.servers()),
                q.status().detail());
        Topics.broker().restart();
        Topics.send(topic, 0, "after");
        while (out().size() < 2) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("before", "after"), out());
    }
}
