package org.tailrace.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.FileProvider;
import org.tailrace.data.Batch;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.error.SinkException;
import org.tailrace.spi.Format;

/**
 * Rows as Kafka's records. As on Spark the columns {@code value}, {@code key}, {@code topic}, {@code partition} and {@code
 * headers} make the record, and only the first is needed; or the whole row is the value, in JSON.
 */
final class RowRecords {
    private static final DataType HEADERS =
            RecordColumns.field("headers", DataType.BINARY, false).type();

    interface Take {
        void record(ProducerRecord<byte[], byte[]> record) throws Exception;
    }

    private final Schema schema;
    private final Optional<String> topic;
    private final Format.@Nullable Writer json;
    private final int value;
    private final int key;
    private final int topicColumn;
    private final int partition;
    private final int headers;

    /** @throws PlanException TR-468 if the rows do not have the columns for it */
    RowRecords(Schema schema, SinkOptions options) {
        this.schema = schema;
        topic = options.topic();
        json = options.json() ? FileProvider.format("json").writer(options.ofFormat(), schema) : null;
        if (options.json()) {
            value = -1;
            key = options.keyColumn().map(this::named).orElse(-1);
            topicColumn = -1;
            partition = -1;
            headers = -1;
        } else {
            value = column("value", DataType.STRING, DataType.BINARY);
            key = column("key", DataType.STRING, DataType.BINARY);
            topicColumn = column("topic", DataType.STRING);
            partition = column("partition", DataType.INT);
            headers = column("headers", HEADERS);
        }
        if (json == null && value < 0) {
            throw refused(
                    "Kafka's sink needs a column 'value'",
                    "select(\"to_json(struct(*)) as value\"), or say .json() at the sink to write whole rows");
        }
        if (topic.isEmpty() && topicColumn < 0) {
            throw refused("Kafka's sink does not know the topic", "name one, or select a column 'topic'");
        }
    }

    private PlanException refused(String what, String cure) {
        return new PlanException(
                Problem.of("TR-468", what).have(schema.toString()).fix(cure));
    }

    private int named(String name) {
        int at = schema.indexOf(name);
        if (at < 0) {
            throw refused("no column '" + name + "' to be the key", Nearest.question(name, schema.names()));
        }
        return at;
    }

    private int column(String name, DataType... types) {
        int at = schema.indexOf(name);
        // By their text: it leaves out which values may be NULL.
        if (at >= 0
                && Arrays.stream(types)
                        .noneMatch(type -> type.ddl().equals(schema.type(at).ddl()))) {
            throw refused(
                    "column '" + name + "' is " + schema.type(at) + " and Kafka's sink takes "
                            + String.join(
                                    " or ",
                                    Arrays.stream(types).map(DataType::ddl).toList()),
                    "cast it");
        }
        return at;
    }

    void each(Batch rows, Take take) throws Exception {
        byte[] lines = json == null ? null : json.rows(rows);
        int line = 0;
        var view = VectorBatch.create(schema);
        view.view(rows, 0, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            byte[] bytes;
            if (lines == null) {
                bytes = bytes(view, value, row);
            } else {
                int end = line;
                while (lines[end] != '\n') {
                    end++;
                }
                bytes = Arrays.copyOfRange(lines, line, end);
                line = end + 1;
            }
            var record = new ProducerRecord<>(
                    topic(view, row),
                    partition(rows, row),
                    lines == null ? bytes(view, key, row) : key(rows, row),
                    bytes);
            if (headers >= 0) {
                headers(rows, row, record);
            }
            take.record(record);
        }
    }

    private static byte @Nullable [] bytes(VectorBatch rows, int column, int row) {
        if (column < 0 || rows.columns[column].isNull(row)) {
            return null;
        }
        var vector = (BytesVector) rows.columns[column];
        return Arrays.copyOfRange(vector.data(), vector.start(row), vector.end(row));
    }

    private byte @Nullable [] key(Batch rows, int row) {
        Object found = key < 0 ? null : rows.get(row, key);
        return found == null
                ? null
                : found instanceof byte[] raw ? raw : found.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The option wins over the column, as on Spark. */
    private String topic(VectorBatch rows, int row) {
        if (topic.isPresent()) {
            return topic.get();
        }
        var names = (BytesVector) rows.columns[topicColumn];
        if (names.isNull(row)) {
            throw new SinkException(Problem.of("TR-469", "a row for Kafka has no topic")
                    .because("its column 'topic' is NULL")
                    .fix("name a topic at the sink, or leave such rows out"));
        }
        return names.string(row);
    }

    private @Nullable Integer partition(Batch rows, int row) {
        return partition < 0 ? null : (Integer) rows.get(row, partition);
    }

    private void headers(Batch rows, int row, ProducerRecord<byte[], byte[]> record) {
        if (rows.get(row, headers) instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Row header && header.get(0) != null) {
                    record.headers().add(String.valueOf(header.get(0)), (byte[]) header.get(1));
                }
            }
        }
    }
}
