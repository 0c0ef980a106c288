package org.tailrace.connect;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
 *
 * <p>Up to the first quote of a file each line is a record, and needs no parser: its fields go from bytes into columns
 * ({@link PlainValues}), and where one is refused the line is taken apart again as characters. With the first quote the
 * parser takes over for the rest of the file.
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
    private final TextCell[] cells;
    private final char[] nullText;
    private final byte[] nullBytes;
    private final @Nullable PlainValues plain;
    /** No quote has come yet. */
    private boolean unquoted;

    private final Lines lines;
    /** From the first quote on. */
    private @Nullable CloseableIterator<Boolean> records;

    /** The line that the parser counts as its first, less one. */
    private long linesBefore;

    private Stage stage = Stage.FIRST;
    private final List<String> first = new ArrayList<>();
    /** Column of each field, −1 for one that nobody asked for. */
    private int[] columns;
    /** A reason why no record of the file can be used; null: they can. */
    private @Nullable String misfit;

    private BatchBuilder rows;
    private int good;
    private int fields;
    private long line;
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
        nullBytes = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        lines = new Lines(in, file);
        plain = PlainValues.of(schema, dialect.times());
        unquoted = plain != null
                && dialect.separator() < 0x80
                && dialect.quote() < 0x80
                && dialect.escape() == dialect.quote()
                && dialect.comment().isEmpty();
        if (!unquoted) {
            records = parse(new Utf8Reader(in));
        }
    }

    private CloseableIterator<Boolean> parse(Reader text) {
        var builder = de.siegmar.fastcsv.reader.CsvReader.builder()
                .fieldSeparator(dialect.separator())
                .quoteCharacter(dialect.quote())
                .maxBufferSize(LONGEST)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true);
        dialect.comment()
                .ifPresent(c -> builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(c));
        return builder.build(
                        this,
                        dialect.escape() == dialect.quote()
                                ? text
                                : new EscapeReader(text, dialect.quote(), dialect.escape()))
                .iterator();
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
        if (unquoted) {
            return nextLine();
        }
        try {
            CloseableIterator<Boolean> parsed = Objects.requireNonNull(records);
            if (!parsed.hasNext()) {
                return false;
            }
            parsed.next();
            return true;
        } catch (CsvParseException e) {
            unreadable(Math.max(1, getStartingLineNumber()) + linesBefore, Utf8Reader.shown(raw));
            return false;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void unreadable(long number, String text) {
        broken = true;
        rows.truncate(good);
        bad.add(
                file + " line " + number,
                text,
                "a quote is never closed or the record is longer than 16 MB, so the rest of the file was not read");
    }

    // ---- without the parser

    /** The next line as a record. */
    private boolean nextLine() throws IOException {
        if (!lines.next()) {
            return false;
        }
        if (lines.tooLong()) {
            unreadable(lines.number(), lines.shown());
            return false;
        }
        boolean some = lines.start() < lines.end();
        if (some && stage == Stage.DATA && misfit == null && plainFields(lines.bytes(), lines.start(), lines.end())) {
            good++;
            return true;
        }
        rows.truncate(good);
        if (quoted(lines.bytes(), lines.start(), lines.end())) {
            unquoted = false;
            linesBefore = lines.number() - 1;
            records = parse(new Utf8Reader(lines.rest(), false));
            return step();
        }
        characters();
        return true;
    }

    /** Appends the fields of a line; false if it has too few or too many, or one of them is refused. */
    private boolean plainFields(byte[] in, int from, int to) {
        int at = from;
        for (int i = 0; i < columns.length; i++) {
            int end = PlainValues.textEnd(in, at, to, (byte) dialect.separator(), (byte) dialect.quote());
            boolean last = i == columns.length - 1;
            if (end < 0 || last != (end == to) || columns[i] >= 0 && !plainField(columns[i], in, at, end)) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    private boolean plainField(int column, byte[] in, int start, int end) {
        int from = start;
        int to = end;
        while (dialect.trimStart() && from < to && blank(in[from])) {
            from++;
        }
        while (dialect.trimEnd() && from < to && blank(in[to - 1])) {
            to--;
        }
        var vector = rows.vector(column);
        if (Arrays.equals(in, from, to, nullBytes, 0, nullBytes.length)) {
            vector.appendValue(null);
            return true;
        }
        PlainValues values = Objects.requireNonNull(plain);
        boolean edged = from < to && (blank(in[from]) || blank(in[to - 1]));
        return (!edged || values.kind(column) == PlainValues.Kind.TEXT) && values.append(column, in, from, to, vector);
    }

    private static boolean blank(byte b) {
        return b >= 0 && b <= ' ';
    }

    /** A quote may make a record of several lines; so does a lone carriage return of one line several records. */
    private boolean quoted(byte[] in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (in[i] == dialect.quote() || in[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    /** The current line as the parser would give it. */
    private void characters() throws IOException {
        int length = lines.end() - lines.start();
        char[] text = new char[length];
        int size = 0;
        var reader = new Utf8Reader(new ByteArrayInputStream(lines.bytes(), lines.start(), length), false);
        for (int read = reader.read(text, 0, length); read > 0; read = reader.read(text, size, length - size)) {
            size += read;
        }
        handleBegin(lines.number());
        int from = 0;
        int index = 0;
        // An empty line has no field, not an empty one.
        for (int at = 0; at <= size && size > 0; at++) {
            if (at == size || text[at] == dialect.separator()) {
                handleField(index++, text, from, at - from, false);
                from = at + 1;
            }
        }
        buildRecord();
    }

    // ---- what the parser finds

    @Override
    protected void handleBegin(long number) {
        line = linesBefore + number;
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
            bad.add(file + " line " + line, Utf8Reader.shown(raw), reason);
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
        if (records != null) {
            records.close();
        }
        lines.close();
    }
}
