package org.tailrace.kafka;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.text.Utf8;
import org.tailrace.spi.Format;

/** Records as they are, under Spark's columns; text has to be UTF-8. */
final class PlainReader implements Format.Reader {
    private final RecordDocuments documents;
    private final boolean keyText;
    private final boolean valueText;
    private final Format.BadRecords bad;

    PlainReader(RecordDocuments documents, boolean keyText, boolean valueText, Format.BadRecords bad) {
        this.documents = documents;
        this.keyText = keyText;
        this.valueText = valueText;
        this.bad = bad;
    }

    @Override
    public boolean read(BatchBuilder rows, int maxRows) {
        for (int count = 0; count < maxRows; ) {
            if (!documents.next()) {
                return false;
            }
            if (valueText && !Utf8.valid(documents.bytes(), documents.start(), documents.end())) {
                bad.add(documents.position(), documents.shown(), "its value holds bytes that are not UTF-8");
            } else if (keyText && !text(documents.record().key())) {
                bad.add(documents.position(), documents.shown(), "its key holds bytes that are not UTF-8");
            } else {
                documents.complete(rows);
                count++;
            }
        }
        return true;
    }

    private static boolean text(@Nullable ByteBuffer key) {
        if (key == null) {
            return true;
        }
        byte[] bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        return Utf8.valid(bytes, 0, bytes.length);
    }

    @Override
    public void close() {}
}
