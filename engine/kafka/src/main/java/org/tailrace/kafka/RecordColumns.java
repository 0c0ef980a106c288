package org.tailrace.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/** Kafka's own columns of a record, under Spark's names and types, from one ordinal on. */
final class RecordColumns {
    private static final byte[] NONE = {};
    private static final DataType HEADERS = new DataType.Array(
            new DataType.Struct(Schema.of(new Field("key", DataType.STRING), new Field("value", DataType.BINARY))),
            true);

    static final List<String> NAMES =
            List.of("key", "value", "topic", "partition", "offset", "timestamp", "timestampType", "headers");

    private final String[] names;
    private final int first;
    private final @Nullable KeyReader keys;
    private String topic = "";
    private byte[] topicBytes = NONE;

    /**
     * @param first the ordinal of the first of the columns
     * @param keys for keys that are documents
     */
    RecordColumns(List<String> names, int first, @Nullable KeyReader keys) {
        this.keys = keys;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toArray(String[]::new);
        this.first = first;
    }

    static Field field(String name, DataType key, boolean valueText) {
        DataType type;
        switch (name.toLowerCase(Locale.ROOT)) {
            case "key":
                type = key;
                break;
            case "value":
                type = valueText ? DataType.STRING : DataType.BINARY;
                break;
            case "topic":
                type = DataType.STRING;
                break;
            case "partition":
            case "timestamptype":
                type = DataType.INT;
                break;
            case "offset":
                type = DataType.BIGINT;
                break;
            case "timestamp":
                type = DataType.TIMESTAMP;
                break;
            default:
                type = HEADERS;
        }
        return new Field(name, type);
    }

    void append(ConsumerRecord<ByteBuffer, ByteBuffer> record, BatchBuilder rows) {
        for (int i = 0; i < names.length; i++) {
            Vector into = rows.vector(first + i);
            switch (names[i]) {
                case "key":
                    if (keys == null) {
                        bytes((BytesVector) into, record.key());
                    } else {
                        keys.append((StructVector) into);
                    }
                    break;
                case "value":
                    bytes((BytesVector) into, record.value());
                    break;
                case "topic":
                    ((BytesVector) into).append(topic(record.topic()), 0, topicBytes.length, true);
                    break;
                case "partition":
                    ((IntVector) into).append(record.partition(), true);
                    break;
                case "offset":
                    ((LongVector) into).append(record.offset(), true);
                    break;
                case "timestamp":
                    ((LongVector) into).append(record.timestamp() * 1000, true);
                    break;
                case "timestamptype":
                    ((IntVector) into).append(record.timestampType().id, true);
                    break;
                default:
                    headers((ArrayVector) into, record);
            }
        }
    }

    private byte[] topic(String name) {
        if (!name.equals(topic)) {
            topic = name;
            topicBytes = name.getBytes(StandardCharsets.UTF_8);
        }
        return topicBytes;
    }

    private static void bytes(BytesVector into, @Nullable ByteBuffer buffer) {
        if (buffer == null) {
            into.append(NONE, 0, 0, false);
        } else if (buffer.hasArray()) {
            int start = buffer.arrayOffset() + buffer.position();
            into.append(buffer.array(), start, start + buffer.remaining(), true);
        } else {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            into.append(copy, 0, copy.length, true);
        }
    }

    /** NULL if there are none, as on Spark. */
    private static void headers(ArrayVector into, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        var entries = (StructVector) into.elements;
        int start = entries.size;
        for (Header header : record.headers()) {
            entries.children[0].appendValue(header.key());
            entries.children[1].appendValue(header.value());
            entries.appendRow(true);
        }
        into.appendRange(start, entries.size > start);
    }
}
