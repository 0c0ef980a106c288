package org.tailrace.connect;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.spi.Format;

/** Writes rows as CSV: a header unless the option says false, fields quoted where they must be, NULL as the null text. */
final class CsvWriter implements Format.Writer {
    private final CsvFormat.Dialect dialect;
    private final Schema schema;
    private final CellText cells;

    CsvWriter(CsvFormat.Dialect dialect, Schema schema) {
        this.dialect = dialect;
        this.schema = schema;
        cells = new CellText(dialect.times());
    }

    @Override
    public byte[] head() {
        if (!dialect.header().orElse(true)) {
            return new byte[0];
        }
        var out = new StringBuilder();
        for (int i = 0; i < schema.size(); i++) {
            field(out, i, schema.name(i));
        }
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] rows(Batch rows) {
        var out = new StringBuilder(rows.size() * 32);
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < schema.size(); i++) {
                Object value = rows.get(row, i);
                field(out, i, value == null ? null : cells.text(schema.type(i), value));
            }
            out.append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void field(StringBuilder out, int index, @Nullable String text) {
        if (index > 0) {
            out.append(dialect.separator());
        }
        if (text == null) {
            out.append(dialect.nullText());
            return;
        }
        if (!mustQuote(text)) {
            out.append(text);
            return;
        }
        out.append(dialect.quote());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == dialect.quote() || c == dialect.escape()) {
                out.append(dialect.escape());
            }
            out.append(c);
        }
        out.append(dialect.quote());
    }

    private boolean mustQuote(String text) {
        if (text.equals(dialect.nullText())) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == dialect.separator() || c == dialect.quote() || c == '\n' || c == '\r') {
                return true;
            }
        }
        return !text.isEmpty() && (text.charAt(0) <= ' ' || text.charAt(text.length() - 1) <= ' ');
    }
}
