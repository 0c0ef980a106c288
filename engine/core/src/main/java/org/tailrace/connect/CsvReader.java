package org.tailrace.connect;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.data.text.TextCell;
import org.tailrace.data.text.Utf8Reader;
import org.tailrace.spi.Format;

/**
 * Reads one CSV file into columns, field by field as the parser finds them. A record whose field does not fit is taken
 * back from the columns at its end. The first characters of the current record are kept, to show it if it is bad.
 */
final class CsvReader extends AbstractBaseCsvCallbackHandler<Boolean> implements Format.Reader {
    private static final int RAW = 4096;
    private static final int LONGEST = 16 << 20;

    private enum Stage {
        /** The first record is to come, and may be a header. */
        FIRST,
        DATA
    }

    private final String file;
    private final CsvFormat.Dialect dialect;
    private final Schema schema;
    private final Format.BadRecords bad;
    private final de.siegmar.fastcsv.reader.CsvReader<Boolean> parser;
    private final CloseableIterator<Boolean> records;
    private final TextCell[] cells;
    private final char[] nullText;

    private Stage stage = Stage.FIRST;
    private final List<String> first = new ArrayList<>();
    /** Column of each field, −1 for one that nobody asked for. */
    private int[] columns;
    /** A reason why no record of the file can be used; null: they can. */
    private @Nullable String misfit;

    private BatchBuilder rows;
    private int good;
    private int fields;
    private final StringBuilder raw = new StringBuilder();
    private @Nullable String reason;
    private boolean broken;

    CsvReader(InputStream in, String file, CsvFormat.Dialect dialect, Schema schema, Format.BadRecords bad) {
        this.file = file;
        this.dialect = dialect;
        this.schema = schema;
        this.bad = bad;
        rows = new BatchBuilder(schema);
        cells = new TextCell[schema.size()];
        columns = new int[schema.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = TextCell.of(schema.type(i), dialect.times());
            columns[i] = i;
        }
        nullText = dialect.nullText().toCharArray();
        var builder = de.siegmar.fastcsv.reader.CsvReader.builder()
                .fieldSeparator(dialect.separator())
                .quoteCharacter(dialect.quote())
                .maxBufferSize(LONGEST)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true);
        dialect.comment()
                .ifPresent(c -> builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(c));
        java.io.Reader text = new Utf8Reader(in);
        parser = builder.build(
                this,
                dialect.escape() == dialect.quote() ? text : new EscapeReader(text, dialect.quote(), dialect.escape()));
        records = parser.iterator();
    }

    /** The fields of the first record of a file, none if it is empty or cannot be read. */
    static List<String> firstRecord(InputStream in, CsvFormat.Dialect dialect) throws IOException {
        Schema none = new Schema(List.of());
        try (var reader = new CsvReader(in, "", dialect, none, (position, text, why) -> {})) {
            reader.step();
            return List.copyOf(reader.first);
        }
    }

    /** Where a header has a column: a name of the same case first, then of any; −1 if it has none. */
    static int position(List<String> header, String name) {
        int exact = header.indexOf(name);
        for (int i = 0; exact < 0 && i < header.size(); i++) {
            if (header.get(i).trim().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return exact;
    }

    @Override
    public boolean read(BatchBuilder into, int maxRows) throws IOException {
        rows = into;
        good = into.size();
        int stop = good + maxRows;
        while (good < stop) {
            if (!step()) {
                return false;
            }
        }
        return true;
    }

    private boolean step() throws IOException {
        if (broken) {
            return false;
        }
        try {
            if (!records.hasNext()) {
                return false;
            }
            records.next();
            return true;
        } catch (CsvParseException e) {
            broken = true;
            rows.truncate(good);
            bad.add(
                    file + " line " + Math.max(1, getStartingLineNumber()),
                    Utf8Reader.shown(raw),
                    "a quote is never closed or the record is longer than 16 MB, so the rest of the file was not read");
            return false;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    protected void handleBegin(long line) {
        fields = 0;
        raw.setLength(0);
        reason = misfit;
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
        fields++;
        if (raw.length() < RAW) {
            if (index > 0) {
                raw.append(dialect.separator());
            }
            raw.append(text, offset, Math.min(length, RAW - raw.length()));
        }
        if (stage == Stage.FIRST) {
            first.add(new String(text, offset, length));
        } else if (reason == null && index < columns.length && columns[index] >= 0) {
            append(columns[index], text, offset, offset + length, quoted);
        }
    }

    private void append(int column, char[] text, int start, int end, boolean quoted) {
        int from = start;
        int to = end;
        if (!quoted) {
            while (dialect.trimStart() && from < to && text[from] <= ' ') {
                from++;
            }
            while (dialect.trimEnd() && from < to && text[to - 1] <= ' ') {
                to--;
            }
        }
        var vector = rows.vector(column);
        boolean none = Arrays.equals(text, from, to, nullText, 0, nullText.length);
        if (none && (!quoted || schema.type(column) != DataType.STRING)) {
            vector.appendValue(null);
        } else if (!cells[column].append(vector, text, from, to)) {
            reason = schema.type(column) == DataType.STRING
                    ? "column '" + schema.name(column) + "' holds bytes that are not UTF-8"
                    : "column '" + schema.name(column) + "' is " + schema.type(column) + " and the text is \""
                            + Utf8Reader.shown(new String(text, from, Math.min(60, to - from))) + '"';
        }
    }

    @Override
    protected Boolean buildRecord() {
        if (stage == Stage.FIRST) {
            stage = Stage.DATA;
            begin();
            return Boolean.TRUE;
        }
        if (reason == null && fields != columns.length) {
            reason = count(fields, "field") + " where there should be " + columns.length;
        }
        if (reason == null) {
            good++;
        } else {
            rows.truncate(good);
            bad.add(file + " line " + getStartingLineNumber(), Utf8Reader.shown(raw), reason);
        }
        return Boolean.TRUE;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Takes the first record as header or as data. */
    private void begin() {
        var lacking = new ArrayList<>(schema.names());
        lacking.removeIf(name -> position(first, name) >= 0);
        if (dialect.header().orElse(lacking.isEmpty())) {
            columns = new int[first.size()];
            Arrays.fill(columns, -1);
            for (int i = 0; i < schema.size(); i++) {
                int at = position(first, schema.name(i));
                if (at >= 0) {
                    columns[at] = i;
                }
            }
            if (!lacking.isEmpty()) {
                misfit = "the file's header has no column '" + lacking.get(0) + "'";
            }
        } else if (schema.size() > 0) {
            for (int i = 0; i < Math.min(first.size(), columns.length) && reason == null; i++) {
                char[] text = first.get(i).toCharArray();
                append(i, text, 0, text.length, false);
            }
            buildRecord();
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
