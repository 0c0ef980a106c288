package org.tailrace.bench.hand;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Intake;

/**
 * The parsers alone, as a limit: Jackson and FastCSV, the ones that the engine uses, over the same bytes on one thread. Each
 * token or field is found and none is kept or converted. Of a topic, a plain consumer and Jackson over each value.
 */
public final class Parsers implements Intake {
    private static final JsonFactory JSON = new JsonFactory();

    /** What was found, so that no work is dead. */
    private long found;

    @Override
    public boolean can(Text text) {
        return !text.kind().equals("kafka-kafka");
    }

    @Override
    public long run(Text text, Answer answer) throws IOException {
        if (!text.files()) {
            return topic(text.from());
        }
        long rows = 0;
        try (var paths = Files.list(Path.of(text.from()))) {
            for (Path path : paths.sorted().toList()) {
                rows += text.kind().equals("csv") ? csv(path) - 1 : json(path);
            }
        }
        answer.take(0, found);
        return rows;
    }

    private long json(Path path) throws IOException {
        try (JsonParser parser = JSON.createParser(Files.newInputStream(path))) {
            return tokens(parser);
        }
    }

    private long tokens(JsonParser parser) throws IOException {
        long rows = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                rows++;
            } else if (token.isScalarValue()) {
                found += parser.getTextLength();
            }
        }
        return rows;
    }

    private long csv(Path path) throws IOException {
        long rows = 0;
        var fields = new AbstractBaseCsvCallbackHandler<Boolean>() {
            @Override
            protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
                found += length;
            }

            @Override
            protected Boolean buildRecord() {
                return Boolean.TRUE;
            }
        };
        try (var reader = CsvReader.builder().build(fields, Files.newBufferedReader(path, StandardCharsets.UTF_8))) {
            for (var record : reader) {
                rows += record ? 1 : 0;
            }
        }
        return rows;
    }

    private long topic(String servers) throws IOException {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "max.poll.records", 10_000);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = consumer.partitionsFor(Text.TOPIC).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            long all = consumer.endOffsets(parts).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long rows = 0;
            while (rows < all) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    try (JsonParser parser = JSON.createParser(record.value())) {
                        rows += tokens(parser);
                    }
                }
            }
            return rows;
        }
    }
}
