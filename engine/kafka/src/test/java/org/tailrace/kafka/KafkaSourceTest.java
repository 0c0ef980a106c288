package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.memory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailrace.Query;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.data.Row;
import org.tailrace.error.PlanException;
import org.tailrace.error.SourceException;
import org.tailrace.error.TailraceException;

@Timeout(90)
@ExtendWith(Topics.class)
class KafkaSourceTest {
    private final Tailrace streams = Tailrace.local();

    @AfterEach
    void close() throws Exception {
        streams.close();
    }

    private org.tailrace.KafkaTable kafka(String topic) throws Exception {
        return streams.kafka(Topics.servers(), topic);
    }

    private org.tailrace.SourceReader source() throws Exception {
        return streams.source("kafka").option("kafka.bootstrap.servers", Topics.servers());
    }

    private static List<String> rows(StreamTable bounded) {
        return bounded.collect().rows().stream().map(KafkaSourceTest::text).toList();
    }

    private static String text(Row row) {
        return String.join(" ", row.values().stream().map(String::valueOf).toList());
    }

    private Query start(StreamTable table) {
        return table.to(memory("out")).step().start("out");
    }

    private List<String> out() {
        return rows(streams.table("out"));
    }

    @Test
    void records_have_sparks_columns() throws Exception {
        String topic = Topics.make("plain", 2);
        Topics.producer()
                .send(new ProducerRecord<>(topic, 0, 1_000L, Topics.bytes("k"), Topics.bytes("a")))
                .get();
        Topics.send(topic, 1, "b");
        assertEquals(
                "key binary, value binary, topic string, partition int, offset bigint, timestamp timestamp, timestampType int",
                kafka(topic).schema().toString());
        StreamTable text = kafka(topic).text().bounded();
        assertEquals(
                List.of("k a " + topic + " 0 0 1970-01-01T00:00:01Z 0", "null b " + topic + " 1 0"),
                rows(text).stream()
                        .map(row -> row.replaceAll(" 20\\d\\d-.*", ""))
                        .toList());
    }

    @Test
    void headers_come_on_demand_and_are_null_if_there_are_none() throws Exception {
        String topic = Topics.make("headers", 1);
        var record = Topics.record(topic, 0, null, "a");
        record.headers().add("trace", "7".getBytes(StandardCharsets.UTF_8)).add("none", null);
        Topics.producer().send(record).get();
        Topics.send(topic, 0, "b");
        StreamTable all = kafka(topic).option("includeHeaders", true).bounded();
        assertTrue(all.schema().toString().endsWith("headers array<struct<key:string,value:binary>>"));
        assertEquals(
                List.of("a 2 trace 7 null", "b null null null null"),
                rows(all.select(
                        "cast(value as string)",
                        "case when headers is not null then size(headers) end",
                        "headers[0].key",
                        "cast(headers[0].value as string)",
                        "cast(headers[1].value as string)")));
    }

    @Test
    void json_values_become_columns_and_what_is_none_is_set_aside() throws Exception {
        String topic = Topics.make("json", 1);
        Topics.send(topic, 0, "{\"id\":\"a\",\"n\":1}", "{bad", "{\"id\":\"b\",\"n\":2}", "{\"id\":\"c\"} x");
        Topics.producer().send(Topics.record(topic, 0, "tombstone", null)).get();
        Topics.send(
                topic,
                0,
                "{\n \"id\" : \"d\"\n}",
                "",
                "[1]",
                "7",
                "{\"id\":\"e\",\"n\":\"x\"}",
                "{\"n\":5,\"id\":\"f\"}");
        Query q = start(kafka(topic)
                .option("startingOffsets", "earliest")
                .json("id string, n int")
                .option("include", "offset"));
        q.step(1);
        assertEquals(List.of("a 1 0", "b 2 2", "null null 4", "d null 5", "null null 6", "f 5 10"), out());
        assertEquals(
                List.of("offset 1", "offset 3", "offset 7", "offset 8", "offset 9"),
                q.badRows().stream()
                        .map(bad -> bad.position().substring(topic.length() + 3))
                        .toList());
        assertEquals("{\"id\":\"c\"} x", q.badRows().get(1).raw());
    }

    @Test
    void csv_values_become_columns_one_record_each() throws Exception {
        String topic = Topics.make("csv", 1);
        Topics.send(topic, 0, "a,1", "\"x,\ny\",2", "b", "c,3\nd,4", "e,5\n", "");
        Query q = start(kafka(topic).option("startingOffsets", "earliest").csv("id string, n int"));
        q.step(1);
        assertEquals(List.of("a 1", "x,\ny 2", "e 5", "null null"), out());
        assertEquals(
                List.of("1 field where there should be 2", "it holds more than one record"),
                q.badRows().stream().map(bad -> bad.reason()).toList());
    }

    @Test
    void text_that_is_none_is_set_aside_or_ends_the_query() throws Exception {
        String topic = Topics.make("text", 1);
        Topics.producer()
                .send(new ProducerRecord<>(topic, 0, null, new byte[] {(byte) 0xC3, 0x28}))
                .get();
        Topics.send(topic, 0, "fine");
        Query q =
                start(kafka(topic).option("startingOffsets", "earliest").text().select("value"));
        q.step(1);
        assertEquals(List.of("fine"), out());
        assertEquals(1, q.totals().badRows());
        Query strict = start(kafka(topic)
                .option("startingOffsets", "earliest")
                .text()
                .failFast()
                .select("value"));
        assertEquals(
                "TR-421",
                assertThrows(TailraceException.class, () -> strict.step(1)).code());
    }

    @Test
    void many_records_come_in_order_of_partition_and_offset_whatever_the_fetches() throws Exception {
        String topic = Topics.make("many", 3);
        for (int i = 0; i < 30_000; i++) {
            Topics.producer().send(Topics.record(topic, i % 3, null, String.valueOf(i)));
        }
        Topics.producer().flush();
        List<Row> rows = kafka(topic)
                .option("kafka.max.poll.records", 777)
                .bounded()
                .select("partition", "offset", "cast(cast(value as string) as int) as v")
                .collect()
                .rows();
        assertEquals(30_000, rows.size());
        for (int i = 0; i < rows.size(); i++) {
            int part = i / 10_000;
            assertEquals(
                    List.of(part, (long) (i % 10_000), part + 3 * (i % 10_000)),
                    rows.get(i).values());
        }
    }

    @Test
    void a_stream_starts_with_what_comes_after_its_start_and_the_first_batch_says_where_that_is() throws Exception {
        String topic = Topics.make("latest", 1);
        Topics.send(topic, 0, "before");
        Query q = start(kafka(topic).text().select("value"));
        q.step(1);
        Topics.send(topic, 0, "after");
        q.step(1);
        assertEquals(List.of("after"), out());
    }

    @Test
    void patterns_and_assignments_choose_partitions() throws Exception {
        String first = Topics.make("pick-a", 2);
        String second = Topics.make("pick-b", 1);
        Topics.send(first, 0, "a0");
        Topics.send(first, 1, "a1");
        Topics.send(second, 0, "b0");
        var text = source().option("valueFormat", "text");
        assertEquals(
                List.of("a0", "a1", "b0"),
                rows(text.option("subscribe", second + " , " + first).bounded().select("value")));
        assertEquals(
                List.of("a0", "a1", "b0"),
                rows(text.option("subscribePattern", "pick-[ab].*").bounded().select("value")));
        assertEquals(
                List.of("a1", "b0"),
                rows(text.option("assign", "{\"" + first + "\":[1],\"" + second + "\":[0]}")
                        .bounded()
                        .select("value")));
        Query q = start(text.option("subscribePattern", "pick-[ab].*")
                .option("startingOffsets", "earliest")
                .load()
                .select("value"));
        q.step(1);
        String third = Topics.make("pick-a-later", 1);
        Topics.send(third, 0, "later");
        q.step(1);
        assertEquals(List.of("a0", "a1", "b0", "later"), out());
    }

    @Test
    void starts_and_ends_are_offsets_or_times() throws Exception {
        String topic = Topics.make("bounds", 2);
        for (int i = 0; i < 4; i++) {
            for (int part = 0; part < 2; part++) {
                Topics.producer()
                        .send(new ProducerRecord<>(topic, part, 1_000L * (i + 1), null, Topics.bytes("p" + part + i)));
            }
        }
        Topics.producer().flush();
        var text = source().option("subscribe", topic).option("valueFormat", "text");
        assertEquals(
                List.of("p02", "p03", "p10", "p11", "p12", "p13"),
                values(text.option("startingOffsets", offsets(topic, 2, -2))));
        assertEquals(List.of("p00"), values(text.option("endingOffsets", offsets(topic, 1, 0))));
        assertEquals(List.of("p02", "p03", "p12", "p13"), values(text.option("startingTimestamp", 2_500)));
        assertEquals(List.of("p00", "p01", "p10", "p11"), values(text.option("endingTimestamp", 3_000)));
        assertEquals(
                List.of("p03", "p11", "p12", "p13"),
                values(text.option("startingOffsetsByTimestamp", offsets(topic, 4_000, 2_000))));
        assertEquals("TR-427", code(text.option("startingTimestamp", 9_000)));
        assertEquals(
                List.of(),
                values(text.option("startingTimestamp", 9_000).option("startingOffsetsByTimestampStrategy", "latest")));
        assertEquals("TR-427", code(text.option("startingOffsets", "{\"" + topic + "\":{\"0\":1}}")));
    }

    private static List<String> values(org.tailrace.SourceReader reader) {
        return rows(reader.bounded().select("value"));
    }

    private static String code(org.tailrace.SourceReader reader) {
        return assertThrows(SourceException.class, () -> values(reader)).code();
    }

    private static String offsets(String topic, long first, long second) {
        return "{\"" + topic + "\":{\"0\":" + first + ",\"1\":" + second + "}}";
    }

    @Test
    void a_batch_takes_its_share_of_each_partition() throws Exception {
        String topic = Topics.make("limit", 2);
        for (int i = 0; i < 9; i++) {
            Topics.send(topic, i % 3 == 0 ? 1 : 0, "r" + i);
        }
        Query q = start(kafka(topic)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", 3)
                .text()
                .select("value"));
        q.step(1);
        assertEquals(List.of("r1", "r2", "r0"), out());
        q.step(2);
        assertEquals(9, out().size());
    }

    @Test
    void a_batch_waits_for_enough_records() throws Exception {
        String topic = Topics.make("least", 1);
        Query q = start(kafka(topic)
                .option("minOffsetsPerTrigger", 3)
                .option("maxTriggerDelay", "1h")
                .text()
                .select("value"));
        q.step(1);
        Topics.send(topic, 0, "a", "b");
        assertEquals(0, q.step(1).reports().size());
        Topics.send(topic, 0, "c");
        assertEquals(1, q.step(1).reports().size());
        assertEquals(List.of("a", "b", "c"), out());
    }

    @Test
    void available_now_reads_what_is_there_and_ends() throws Exception {
        String topic = Topics.make("now", 1);
        Topics.send(topic, 0, "a", "b", "c", "d", "e");
        Query q = kafka(topic)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", 2)
                .text()
                .select("value")
                .to(memory("out"))
                .availableNow()
                .start("out");
        q.await();
        assertEquals(List.of("a", "b", "c", "d", "e"), out());
        assertEquals(3, q.totals().batches());
    }

    @Test
    void options_are_checked_where_they_are_written() throws Exception {
        var plain = source();
        assertEquals("TR-466", refused(plain));
        assertEquals("TR-466", refused(plain.option("subscribe", "a").option("assign", "{\"a\":[0]}")));
        assertEquals("TR-404", refused(plain.option("assign", "a")));
        assertEquals("TR-404", refused(plain.option("subscribePattern", "a(")));
        assertEquals("TR-402", refused(plain.option("subscribe", "a").option("startingOffset", "latest")));
        assertEquals("TR-402", refused(plain.option("subscribe", "a").option("kafka.nonsense", "1")));
        assertEquals("TR-404", refused(plain.option("subscribe", "a").option("startingOffsets", "first")));
        assertEquals("TR-466", refused(plain.option("subscribe", "a").option("kafka.auto.offset.reset", "latest")));
        assertEquals("TR-403", refused(streams.source("kafka").option("subscribe", "a")));
        assertEquals("TR-408", refused(plain.option("subscribe", "a").option("valueFormat", "json")));
        assertEquals("TR-407", refused(plain.option("subscribe", "a").schema("x int")));
        assertEquals("TR-468", refused(plain.option("subscribe", "a").option("include", "key")));
        var json = plain.option("subscribe", "a").option("valueFormat", "json").schema("key string");
        assertEquals("TR-468", refused(json.option("include", "key")));
        assertEquals("TR-468", refused(json.option("include", "ofset")));
        for (String idle : List.of("minPartitions", "groupIdPrefix", "fetchOffset.numRetries", "kafka.group.id")) {
            plain.option("subscribe", "a").option(idle, "1").load();
        }
    }

    private static String refused(org.tailrace.SourceReader reader) {
        return assertThrows(PlanException.class, reader::load).code();
    }

    @Test
    void a_topic_that_is_not_there_is_waited_for() throws Exception {
        String topic = "awaited";
        Query q = kafka(topic)
                .option("startingOffsets", "earliest")
                .text()
                .select("value")
                .to(memory("out"))
                .start("out");
        while (!q.status().detail().contains("there is no topic " + topic)) {
            Thread.onSpinWait();
        }
        Topics.make(topic, 1, Map.of());
        Topics.send(topic, 0, "at last");
        q.retry();
        while (out().isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("at last"), out());
    }
}
