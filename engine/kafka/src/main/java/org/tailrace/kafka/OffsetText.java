package org.tailrace.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** The JSON of Spark's options: {@code {"orders":{"0":23,"1":-2}}} and {@code {"orders":[0,1]}}. Empty if it is none. */
final class OffsetText {
    private static final JsonFactory JSON = new JsonFactory();

    private OffsetText() {}

    private interface Body {
        boolean read(JsonParser json, String topic) throws IOException;
    }

    static Optional<SortedMap<TopicPartition, Long>> numbers(String text) {
        SortedMap<TopicPartition, Long> all = KafkaOffset.map();
        boolean good = topics(text, (json, topic) -> {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
                if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                    return false;
                }
                all.put(new TopicPartition(topic, Integer.parseInt(part)), json.getLongValue());
            }
            return true;
        });
        return good ? Optional.of(all) : Optional.empty();
    }

    static Optional<Set<TopicPartition>> partitions(String text) {
        Set<TopicPartition> all = new TreeSet<>(KafkaOffset.map().comparator());
        boolean good = topics(text, (json, topic) -> {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return false;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getIntValue() < 0) {
                    return false;
                }
                all.add(new TopicPartition(topic, json.getIntValue()));
            }
            return true;
        });
        return good ? Optional.of(all) : Optional.empty();
    }

    private static boolean topics(String text, Body body) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (String topic = json.nextFieldName(); topic != null; topic = json.nextFieldName()) {
                if (!body.read(json, topic)) {
                    return false;
                }
            }
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
