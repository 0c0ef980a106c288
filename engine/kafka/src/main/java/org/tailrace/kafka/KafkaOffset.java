package org.tailrace.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Offset;

/**
 * The end of a range, and what a range that begins before it must know.
 *
 * @param ends of each partition, the offset after the last one of the range
 * @param starts where the range begins in partitions in which that is not the end of the range before: because they are new,
 *     or because records were lost
 * @param ids of the topics: one that is deleted and made again has another
 */
record KafkaOffset(
        SortedMap<TopicPartition, Long> ends, SortedMap<TopicPartition, Long> starts, SortedMap<String, String> ids)
        implements Offset {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);
    private static final JsonFactory JSON = new JsonFactory();

    /** By topic and number, the order in which ranges are read. */
    static <T> SortedMap<TopicPartition, T> map() {
        return new TreeMap<>(ORDER);
    }

    /** Where the range from {@code before} to this begins in each of its partitions. */
    SortedMap<TopicPartition, Long> begins(@Nullable KafkaOffset before) {
        SortedMap<TopicPartition, Long> begins = map();
        ends.keySet().forEach(part -> {
            Long start = starts.get(part);
            Long end = before == null ? null : before.ends.get(part);
            begins.put(part, start != null ? start : end != null ? end : Long.valueOf(0));
        });
        return begins;
    }

    boolean reaches(KafkaOffset target) {
        return target.ends.entrySet().stream().allMatch(end -> ends.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public String json() {
        var out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            write(json, "ends", ends);
            if (!starts.isEmpty()) {
                write(json, "starts", starts);
            }
            json.writeObjectFieldStart("ids");
            for (Map.Entry<String, String> id : ids.entrySet()) {
                json.writeStringField(id.getKey(), id.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** As Spark writes offsets: {@code {"orders":{"0":23,"1":345}}}. */
    private static void write(JsonGenerator json, String name, SortedMap<TopicPartition, Long> offsets)
            throws IOException {
        json.writeObjectFieldStart(name);
        String topic = "";
        boolean open = false;
        for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
            if (!open || !topic.equals(offset.getKey().topic())) {
                if (open) {
                    json.writeEndObject();
                }
                topic = offset.getKey().topic();
                json.writeObjectFieldStart(topic);
                open = true;
            }
            json.writeNumberField(Integer.toString(offset.getKey().partition()), offset.getValue());
        }
        if (open) {
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** @throws CheckpointException TR-441 if the text is no offset of Kafka's */
    static KafkaOffset parse(String source, String text) {
        SortedMap<TopicPartition, Long> ends = map();
        SortedMap<TopicPartition, Long> starts = map();
        SortedMap<String, String> ids = new TreeMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                require(json.nextToken() == JsonToken.START_OBJECT);
                if (field.equals("ids")) {
                    for (String topic = json.nextFieldName(); topic != null; topic = json.nextFieldName()) {
                        ids.put(topic, json.nextTextValue());
                    }
                } else {
                    ends(json, field.equals("ends") ? ends : starts);
                }
            }
            return new KafkaOffset(ends, starts, ids);
        } catch (IOException | RuntimeException e) {
            throw new CheckpointException(
                    Problem.of("TR-441", "the checkpoint's offset of " + source + " cannot be read")
                            .have(text),
                    e);
        }
    }

    private static void ends(JsonParser json, SortedMap<TopicPartition, Long> into) throws IOException {
        for (String topic = json.nextFieldName(); topic != null; topic = json.nextFieldName()) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
                require(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
                into.put(new TopicPartition(topic, Integer.parseInt(part)), json.getLongValue());
            }
        }
    }

    private static void require(boolean good) {
        if (!good) {
            throw new IllegalArgumentException("no offset");
        }
    }
}
