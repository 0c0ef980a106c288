package org.tailrace.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.spi.Documents;
import org.tailrace.spi.Format;

/** Reads each document as a file of its own, which must hold one record. */
final class DocumentReader implements Format.Reader {
    private final Documents documents;
    private final Format format;
    private final Map<String, String> options;
    private final Schema schema;
    private final Format.BadRecords bad;
    private boolean rejected;

    DocumentReader(
            Documents documents, Format format, Map<String, String> options, Schema schema, Format.BadRecords bad) {
        this.documents = documents;
        this.format = format;
        this.options = options;
        this.schema = schema;
        this.bad = bad;
    }

    @Override
    public boolean read(BatchBuilder rows, int maxRows) throws IOException {
        Vector first = rows.vector(0);
        int stop = first.size + maxRows;
        while (first.size < stop) {
            if (!documents.next()) {
                return false;
            }
            int before = first.size;
            if (documents.isNull()) {
                for (int i = 0; i < schema.size(); i++) {
                    rows.vector(i).appendValue(null);
                }
            } else {
                parse(rows);
                if (first.size != before + 1) {
                    String reason = first.size == before ? "it holds no record" : "it holds more than one record";
                    rows.truncate(before);
                    reject(reason);
                    continue;
                }
            }
            documents.complete(rows);
        }
        return true;
    }

    private void parse(BatchBuilder rows) throws IOException {
        rejected = false;
        var in = new ByteArrayInputStream(documents.bytes(), documents.start(), documents.end() - documents.start());
        try (Format.Reader reader = format.reader(in, "", options, schema, (position, raw, reason) -> reject(reason))) {
            reader.read(rows, 2);
        }
    }

    private void reject(String reason) {
        if (!rejected) {
            rejected = true;
            bad.add(documents.position(), documents.shown(), reason);
        }
    }

    @Override
    public void close() throws IOException {
        documents.close();
    }
}
