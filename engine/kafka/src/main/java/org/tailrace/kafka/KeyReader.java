package org.tailrace.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.StructVector;
import org.tailrace.data.text.Utf8Reader;
import org.tailrace.spi.Documents;
import org.tailrace.spi.Format;

/** Reads the keys of records, one document each. */
final class KeyReader implements Documents {
    private static final int RAW = 4096;

    private final Format.Reader reader;
    private final BatchBuilder row;
    private byte[] bytes = {};
    private boolean given;
    private long number;
    private @Nullable ConsumerRecord<ByteBuffer, ByteBuffer> record;

    KeyReader(KeyFormat format, Format.BadRecords bad) {
        row = new BatchBuilder(format.schema());
        reader = format.format().reader(this, format.options(), format.schema(), bad);
    }

    /** Reads a record's key; false if it is a bad one, of which has been told then. */
    boolean take(ConsumerRecord<ByteBuffer, ByteBuffer> of) {
        record = of;
        row.truncate(0);
        ByteBuffer key = of.key();
        if (key == null) {
            return true;
        }
        bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        given = true;
        number++;
        try {
            reader.read(row, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        given = false;
        return row.size() == 1;
    }

    /** Appends the key that was read last; NULL if the record has none. */
    void append(StructVector into) {
        if (row.size() == 0) {
            into.appendValue(null);
            return;
        }
        for (int i = 0; i < into.children.length; i++) {
            into.children[i].append(row.vector(i), 0);
        }
        into.appendRow(true);
    }

    @Override
    public boolean next() {
        boolean one = given;
        given = false;
        return one;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start() {
        return 0;
    }

    @Override
    public int end() {
        return bytes.length;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String position() {
        return "key of " + RecordDocuments.position(java.util.Objects.requireNonNull(record));
    }

    @Override
    public String shown() {
        return Utf8Reader.shown(new String(bytes, 0, Math.min(bytes.length, RAW), StandardCharsets.UTF_8));
    }
}
