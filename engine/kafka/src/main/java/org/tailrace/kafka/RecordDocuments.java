package org.tailrace.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.text.Utf8Reader;
import org.tailrace.spi.Documents;

/** The values of fetched records, one document each; read in place. A blank value is none. */
final class RecordDocuments implements Documents {
    private static final int RAW = 4096;
    private static final byte[] NONE = {};

    private final RecordColumns columns;
    private final @Nullable KeyReader keys;
    private List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = List.of();
    private int next;
    private int stop;
    private long number;
    private @Nullable ConsumerRecord<ByteBuffer, ByteBuffer> record;
    private byte[] bytes = NONE;
    private int start;
    private int end;

    /** @param keys for keys that are documents: a record of a bad key is none */
    RecordDocuments(RecordColumns columns, @Nullable KeyReader keys) {
        this.columns = columns;
        this.keys = keys;
    }

    /** What {@link #next} gives from now on. */
    void give(Fetcher.Chunk chunk) {
        records = chunk.records();
        next = chunk.from();
        stop = chunk.to();
    }

    @Override
    public boolean next() {
        do {
            if (next == stop) {
                return false;
            }
            record = records.get(next++);
            number++;
        } while (keys != null && !keys.take(record));
        ByteBuffer value = record.value();
        if (value == null) {
            bytes = NONE;
            start = 0;
            end = 0;
        } else if (value.hasArray()) {
            bytes = value.array();
            start = value.arrayOffset() + value.position();
            end = start + value.remaining();
        } else {
            bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            start = 0;
            end = bytes.length;
        }
        return true;
    }

    ConsumerRecord<ByteBuffer, ByteBuffer> record() {
        return java.util.Objects.requireNonNull(record);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean isNull() {
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String position() {
        return position(record());
    }

    static String position(ConsumerRecord<ByteBuffer, ByteBuffer> of) {
        return of.topic() + "-" + of.partition() + " offset " + of.offset();
    }

    @Override
    public String shown() {
        int to = Math.min(end, start + RAW);
        return Utf8Reader.shown(new String(bytes, start, to - start, StandardCharsets.UTF_8));
    }

    @Override
    public void complete(BatchBuilder rows) {
        columns.append(record(), rows);
    }
}
