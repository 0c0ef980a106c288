package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailrace.Dsl;
import org.tailrace.Query;
import org.tailrace.SourceReader;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.error.PlanException;

/** Keys and values of records as JSON, CSV and Avro. */
@Timeout(90)
@ExtendWith(Topics.class)
class KafkaFormatsTest {
    private static final String TRADE = "{'type':'record','name':'Trade','fields':["
            .concat("{'name':'symbol','type':'string'},")
            .concat("{'name':'price','type':['null','double']},")
            .concat("{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},")
            .concat("{'name':'day','type':{'type':'int','logicalType':'date'}},")
            .concat("{'name':'cost','type':{'type':'bytes','logicalType':'decimal','precision':20,'scale':2}},")
            .concat("{'name':'side','type':{'type':'enum','name':'Side','symbols':['BUY','SELL']}},")
            .concat("{'name':'tags','type':{'type':'array','items':'string'}},")
            .concat("{'name':'marks','type':{'type':'map','values':'int'}},")
            .concat(
                    "{'name':'from','type':{'type':'record','name':'Venue','fields':[{'name':'id','type':['int','long']}]}},")
            .concat("{'name':'id','type':{'type':'fixed','name':'Id','size':2}},")
            .concat("{'name':'any','type':['null','string','boolean']}]}")
            .replace('\'', '"');

    private final Tailrace streams = Tailrace.local();

    @AfterEach
    void close() throws Exception {
        streams.close();
    }

    private static GenericRecord trade(int number) {
        Schema schema = new Schema.Parser().parse(TRADE);
        var trade = new GenericData.Record(schema);
        trade.put("symbol", "ü" + number);
        trade.put("price", number % 3 == 0 ? null : 1.5 * number);
        trade.put("at", 1_000L + number);
        trade.put("day", 19_000 + number);
        trade.put(
                "cost", ByteBuffer.wrap(new BigDecimal("-12.34").unscaledValue().toByteArray()));
        trade.put(
                "side", new GenericData.EnumSymbol(schema.getField("side").schema(), number % 2 == 0 ? "BUY" : "SELL"));
        trade.put("tags", number % 2 == 0 ? List.of() : List.of("a", "b"));
        trade.put("marks", new LinkedHashMap<>(Map.of("m", number)));
        var venue = new GenericData.Record(schema.getField("from").schema());
        venue.put("id", number % 2 == 0 ? (Object) number : (Object) (5_000_000_000L + number));
        trade.put("from", venue);
        trade.put("id", new GenericData.Fixed(schema.getField("id").schema(), new byte[] {1, (byte) number}));
        trade.put("any", number % 3 == 0 ? null : number % 3 == 1 ? "text" : true);
        return trade;
    }

    private static byte[] bytes(GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static List<String> rows(StreamTable table) {
        return table.collect().rows().stream()
                .map(row -> String.join(
                        " ", row.values().stream().map(KafkaFormatsTest::text).toList()))
                .toList();
    }

    private static String text(Object value) {
        return value instanceof byte[] raw ? Arrays.toString(raw) : String.valueOf(value);
    }

    private StreamTable avro(String topic) throws Exception {
        return streams.kafka(Topics.servers(), topic).avro(TRADE);
    }

    @Test
    void avro_values_have_the_columns_of_their_record_with_logical_types_unions_and_nesting() throws Exception {
        String topic = Topics.make("avro", 1);
        for (int number = 0; number < 3; number++) {
            Topics.producer()
                    .send(new ProducerRecord<>(topic, 0, null, bytes(trade(number))))
                    .get();
        }
        StreamTable table = avro(topic);
        assertEquals(
                "symbol string, price double, at timestamp, day date, cost decimal(20,2), side string, "
                        + "tags array<string>, marks map<string,int>, from struct<id:bigint>, id binary, "
                        + "any struct<member0:string,member1:boolean>",
                table.schema().toString());
        assertEquals(
                List.of(
                        "ü0 null 1970-01-01T00:00:01Z 2022-01-08 -12.34 BUY [] {m=0} [0] [1, 0] null",
                        "ü1 1.5 1970-01-01T00:00:01.001Z 2022-01-09 -12.34 SELL [a, b] {m=1} [5000000001] [1, 1] [text, null]",
                        "ü2 3.0 1970-01-01T00:00:01.002Z 2022-01-10 -12.34 BUY [] {m=2} [2] [1, 2] [null, true]"),
                rows(streams.kafka(Topics.servers(), topic)
                        .option("startingOffsets", "earliest")
                        .avro(TRADE)
                        .bounded()));
    }

    /** Row F11 for Avro: what is no record of the schema is counted and shown, whatever its bytes. */
    @Test
    void F11_rows_and_bad_records_are_all_the_avro_records_whatever_the_bytes() throws Exception {
        String topic = Topics.make("avro-bad", 1);
        var random = new Random(3);
        int sent = 400;
        int whole = 0;
        for (int number = 0; number < sent; number++) {
            byte[] bytes = bytes(trade(number));
            int way = random.nextInt(4);
            if (way == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length - 1) + 1);
            } else if (way == 1) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            } else if (way == 2) {
                bytes = new byte[1 + random.nextInt(30)];
                random.nextBytes(bytes);
            } else {
                whole++;
            }
            Topics.producer().send(new ProducerRecord<>(topic, 0, null, bytes));
        }
        Topics.producer().flush();
        Query q = streams.kafka(Topics.servers(), topic)
                .option("startingOffsets", "earliest")
                .avro(TRADE)
                .to(Dsl.memory("out"))
                .step()
                .start("bad-avro");
        q.step(1);
        long rows = q.lastReport().orElseThrow().resultRows();
        long bad = q.lastReport().orElseThrow().badRows();
        assertEquals(sent, rows + bad);
        assertTrue(rows >= whole && bad > sent / 5, rows + " rows, " + bad + " bad");
        assertTrue(
                q.badRows().get(0).position().contains(topic + "-0 offset "),
                q.badRows().toString());
        q.stop();
    }

    private List<String> keys(SourceReader reader, byte[]... keys) throws Exception {
        String topic = Topics.make("keys", 1);
        for (byte[] key : keys) {
            Topics.producer()
                    .send(new ProducerRecord<>(topic, 0, key, Topics.bytes("v")))
                    .get();
        }
        Query q = reader.option("kafka.bootstrap.servers", Topics.servers())
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .option("valueFormat", "text")
                .load()
                .select("key", "value")
                .to(Dsl.memory(topic))
                .step()
                .start(topic);
        q.step(1);
        var found = new ArrayList<>(rows(streams.table(topic)));
        q.badRows().forEach(row -> found.add(row.position().replace(topic, "keys")));
        q.stop();
        return found;
    }

    @Test
    void keys_are_documents_too_and_a_record_of_a_bad_key_is_a_bad_record() throws Exception {
        SourceReader kafka = streams.source("kafka");
        assertEquals(
                List.of("[7, a] v", "null v", "key of keys-0 offset 1"),
                keys(
                        kafka.option("keyFormat", "json").option("keySchema", "id int, name string"),
                        Topics.bytes("{\"id\":7,\"name\":\"a\"}"),
                        Topics.bytes("{\"id\":"),
                        null));
        assertEquals(
                List.of("[7, a] v", "key of keys-0 offset 1"),
                keys(
                        kafka.option("keyFormat", "csv").option("keySchema", "id int, name string"),
                        Topics.bytes("7,a"),
                        Topics.bytes("x,a")));
        String schema = "{\"type\":\"record\",\"name\":\"K\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
        var key = new GenericData.Record(new Schema.Parser().parse(schema));
        key.put("id", 300L);
        assertEquals(
                List.of("[300] v", "key of keys-0 offset 1"),
                keys(kafka.option("keyFormat", "avro").option("keyAvroSchema", schema), bytes(key), new byte[] {-1}));
    }

    @Test
    void a_schema_that_columns_cannot_hold_is_refused_when_the_table_is_made() throws Exception {
        for (String wrong : List.of(
                "{",
                "\"string\"",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"R\"]}]}")) {
            var refused = assertThrows(
                    PlanException.class,
                    () -> streams.kafka(Topics.servers(), "none").avro(wrong));
            assertEquals("TR-472", refused.code(), wrong);
        }
        var without = assertThrows(
                PlanException.class,
                () -> streams.source("kafka")
                        .option("kafka.bootstrap.servers", Topics.servers())
                        .option("subscribe", "none")
                        .option("valueFormat", "avro")
                        .load());
        assertEquals("TR-472", without.code());
    }
}
