package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailrace.KafkaTo;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.SinkException;
import org.tailrace.error.TailraceException;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.SinkSpec;

@Timeout(90)
@ExtendWith(Topics.class)
class KafkaSinkTest {
    private static final Schema VALUES = Schema.of(new Field("value", DataType.STRING));
    private final Tailrace streams = Tailrace.local();

    @AfterEach
    void close() throws Exception {
        streams.close();
    }

    private static Row row(StreamTable of, Object... values) {
        return new Row(of.schema(), java.util.Arrays.asList(values));
    }

    private void write(StreamTable table, KafkaTo to) throws Exception {
        table.to(to).step().start("w").step(1);
        streams.query("w").stop();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return record.partition() + " " + text(record.key()) + "=" + text(record.value());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void columns_make_the_record_as_on_spark() throws Exception {
        String topic = Topics.make("columns", 2);
        String other = Topics.make("columns-other", 1);
        var in = streams.memory(
                "in",
                "topic string, partition int, key string, value binary, headers array<struct<key:string,value:binary>>, more int");
        in.add(row(in, topic, 1, "k", Topics.bytes("v"), null, 1));
        in.add(row(in, other, null, null, null, null, 2));
        write(in, kafka(Topics.servers()));
        assertEquals(
                List.of("1 k=v"),
                Topics.records(topic).stream().map(KafkaSinkTest::text).toList());
        assertEquals(
                List.of("0 null=null"),
                Topics.records(other).stream().map(KafkaSinkTest::text).toList());
        write(
                in.where("more = 1").select("value", "array(named_struct('key', 'h', 'value', value)) as headers"),
                kafka(Topics.servers(), other));
        var last = Topics.records(other).get(1);
        assertEquals("v", text(last.headers().lastHeader("h").value()));
    }

    @Test
    void whole_rows_are_json_on_demand() throws Exception {
        String topic = Topics.make("rows", 1);
        var in = streams.memory("in", "symbol string, n int, at timestamp");
        in.add(row(in, "a\nb", 1, java.time.Instant.ofEpochSecond(1)));
        in.add(row(in, "c", null, null));
        write(in, kafka(Topics.servers(), topic).json().key("symbol"));
        assertEquals(
                List.of(
                        "0 a\nb={\"symbol\":\"a\\nb\",\"n\":1,\"at\":\"1970-01-01T00:00:01Z\"}",
                        "0 c={\"symbol\":\"c\"}"),
                Topics.records(topic).stream().map(KafkaSinkTest::text).toList());
    }

    @Test
    void rows_without_what_a_record_needs_are_refused_at_the_start() throws Exception {
        var in = streams.memory("in", "symbol string, value int");
        assertEquals("TR-468", refused(in, kafka(Topics.servers(), "x")));
        assertEquals("TR-468", refused(in.select("symbol"), kafka(Topics.servers(), "x")));
        assertEquals("TR-468", refused(in.select("symbol as value"), kafka(Topics.servers())));
        assertEquals("TR-468", refused(in, kafka(Topics.servers(), "x").json().key("symbl")));
        assertEquals("TR-404", refused(in, kafka(Topics.servers(), "x").key("symbol")));
        assertEquals("TR-466", refused(in, kafka(Topics.servers(), "x").option("kafka.acks", "0")));
        assertEquals("TR-402", refused(in, kafka(Topics.servers(), "x").option("topics", "y")));
    }

    private static String refused(StreamTable table, KafkaTo to) {
        return assertThrows(PlanException.class, () -> table.to(to).start("refused"))
                .code();
    }

    @Test
    void a_topic_that_is_not_there_is_told_at_the_start() throws Exception {
        var in = streams.memory("in", "value string");
        KafkaTo to = kafka(Topics.servers(), "nowhere").option("kafka.max.block.ms", 500);
        var e = assertThrows(TailraceException.class, () -> in.to(to).start("nowhere"));
        assertEquals("TR-461", e.code());
    }

    // ---- what recovery relies on

    private static KafkaSink sink(String topic, Map<String, String> more) throws Exception {
        var options = new java.util.HashMap<>(more);
        options.put("kafka.bootstrap.servers", Topics.servers());
        if (!topic.isEmpty()) {
            options.put("topic", topic);
        }
        return new KafkaSink(new SinkSpec("kafka", "kafka(" + topic + ")", options, null));
    }

    private static Batch rows(String... values) {
        var builder = new BatchBuilder(VALUES);
        for (String value : values) {
            builder.addRow(List.of(value));
        }
        return builder.build();
    }

    private static void put(KafkaSink sink, long batch, String... values) throws Exception {
        var writer = sink.begin(batch, OutputMode.APPEND);
        writer.append(rows(values));
        writer.commit();
    }

    @Test
    void the_last_batch_is_known_from_the_topics_own_transaction() throws Exception {
        String topic = Topics.make("marker", 1);
        try (var sink = sink(topic, Map.of())) {
            sink.open("q-marker", 1, VALUES, List.of());
            assertEquals(OptionalLong.empty(), sink.lastCommitted());
            put(sink, 0, "a");
            put(sink, 1, "b");
            var open = sink.begin(2, OutputMode.APPEND);
            open.append(rows("never"));
        }
        try (var sink = sink(topic, Map.of())) {
            sink.open("q-marker", 2, VALUES, List.of());
            assertEquals(OptionalLong.of(1), sink.lastCommitted());
            put(sink, 1, "b");
            put(sink, 2, "c");
        }
        try (var sink = sink(topic, Map.of())) {
            sink.open("q-other", 1, VALUES, List.of());
            assertEquals(OptionalLong.empty(), sink.lastCommitted());
        }
        assertEquals(List.of("a", "b", "c"), Topics.values(topic));
    }

    @Test
    void a_batch_that_is_taken_back_leaves_nothing_to_see() throws Exception {
        String topic = Topics.make("aborted", 1);
        try (var sink = sink(topic, Map.of())) {
            sink.open("q-aborted", 1, VALUES, List.of());
            var writer = sink.begin(0, OutputMode.APPEND);
            writer.append(rows("x"));
            writer.abort();
            put(sink, 0, "a");
        }
        assertEquals(List.of("a"), Topics.values(topic));
    }

    @Test
    void rows_that_name_their_topics_are_marked_too() throws Exception {
        String topic = Topics.make("named", 1);
        Schema named = Schema.of(new Field("topic", DataType.STRING), new Field("value", DataType.STRING));
        for (int start = 1; start <= 2; start++) {
            try (var sink = sink("", Map.of())) {
                sink.open("q-named", start, named, List.of());
                assertEquals(start == 1 ? OptionalLong.empty() : OptionalLong.of(0), sink.lastCommitted());
                var builder = new BatchBuilder(named);
                builder.addRow(List.of(topic, "a"));
                var writer = sink.begin(0, OutputMode.APPEND);
                writer.append(builder.build());
                writer.commit();
            }
        }
        assertEquals(List.of("a"), Topics.values(topic));
    }

    @Test
    void F6_who_was_taken_over_from_writes_nothing_more_and_does_not_take_over_again() throws Exception {
        for (String option : List.of("topic", "")) {
            String topic = Topics.make("zombie", 1);
            String query = "q-zombie" + option;
            Schema schema = Schema.of(new Field("topic", DataType.STRING), new Field("value", DataType.STRING));
            try (var first = sink(option.isEmpty() ? "" : topic, Map.of());
                    var second = sink(option.isEmpty() ? "" : topic, Map.of())) {
                var builder = new BatchBuilder(schema);
                builder.addRow(List.of(topic, "a"));
                Batch row = builder.build();
                first.open(query, 1, schema, List.of());
                var late = first.begin(0, OutputMode.APPEND);
                late.append(row);
                second.open(query, 2, schema, List.of());
                assertEquals(
                        "TR-467",
                        assertThrows(SinkException.class, late::commit).code());
                for (int i = 0; i < 2; i++) {
                    var e = assertThrows(SinkException.class, () -> {
                        var again = first.begin(0, OutputMode.APPEND);
                        again.append(row);
                        again.commit();
                    });
                    assertEquals("TR-467", e.code());
                }
                var writer = second.begin(0, OutputMode.APPEND);
                writer.append(row);
                writer.commit();
            }
            assertEquals(List.of("a"), Topics.values(topic));
        }
    }

    @Test
    void a_transaction_that_took_too_long_is_written_again() throws Exception {
        String topic = Topics.make("slow", 1);
        try (var sink = sink(topic, Map.of("kafka.transaction.timeout.ms", "200"))) {
            sink.open("q-slow", 1, VALUES, List.of());
            var writer = sink.begin(0, OutputMode.APPEND);
            writer.append(rows("a"));
            SinkException e = null;
            while (e == null) {
                try {
                    writer.append(rows("more"));
                } catch (SinkException failed) {
                    e = failed;
                }
            }
            assertEquals("TR-470", e.code());
            assertTrue(e.retries());
            writer.abort();
            put(sink, 0, "a");
        }
        assertEquals(List.of("a"), Topics.values(topic));
    }

    @Test
    void at_least_once_writes_without_transactions() throws Exception {
        String topic = Topics.make("plainly", 1);
        var in = streams.memory("in", "value string");
        in.add(row(in, "a"));
        write(in, kafka(Topics.servers(), topic).atLeastOnce());
        assertEquals(List.of("a"), Topics.values(topic));
        try (var sink = sink(topic, Map.of("exactlyonce", "false"))) {
            sink.open("q", 1, VALUES, List.of());
            put(sink, 0, "b");
            put(sink, 0, "b");
            assertEquals(OptionalLong.empty(), sink.lastCommitted());
        }
        assertEquals(List.of("a", "b", "b"), Topics.values(topic));
    }
}
