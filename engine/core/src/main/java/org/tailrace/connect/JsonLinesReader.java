package org.tailrace.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.text.JsonCell;
import org.tailrace.data.text.JsonFields;
import org.tailrace.data.text.TextRules;
import org.tailrace.spi.Documents;
import org.tailrace.spi.Format;

/**
 * Reads JSON lines into columns with one parser for many lines, so that a good row costs no object.
 *
 * <p>The parser reads from a stream that gives it one line at a time and, inside an object, no more than that: an object
 * that its line does not finish meets the end of input, and the error belongs to the line. After an error a new parser
 * starts at the next line. A row is certain once the token after it came from a later line; that is why {@link #read} looks
 * one token ahead before it returns.
 *
 * <p>Most lines need no parser: {@link PlainJson} is asked first, and where it refuses a line the parser goes on from there
 * for a while, the longer the more often that happens.
 */
final class JsonLinesReader implements Format.Reader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(Lines.LONGEST)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private static final Pattern PLACE = Pattern.compile(" \\((start marker|for \\w+ starting) at .*");
    private static final int LONGEST_WHILE = 1024;

    private final Documents lines;
    private final @Nullable PlainJson plain;
    private final Feed feed = new Feed();
    private final int columns;
    private final JsonFields fields;
    private final Format.BadRecords bad;
    private @Nullable JsonParser parser;
    /** The first token of the next row has been read. */
    private boolean ahead;
    /** The line of the row before. */
    private long lastLine = -1;
    /** Lines that the parser still takes before the next is tried without it. */
    private int parsed;
    /** How many it takes after the next refusal. */
    private int nextWhile = 1;
    /** The current line is the next row's, and nothing of it has been read. */
    private boolean untouched;

    JsonLinesReader(Documents lines, TextRules times, Schema schema, Format.BadRecords bad) {
        this(lines, times, schema, bad, PlainJson.of(schema, times));
    }

    /** @param plain null to parse every line */
    JsonLinesReader(Documents lines, TextRules times, Schema schema, Format.BadRecords bad, @Nullable PlainJson plain) {
        this.lines = lines;
        this.plain = plain;
        parsed = plain == null ? Integer.MAX_VALUE : 0;
        this.bad = bad;
        columns = schema.size();
        fields = new JsonFields(schema, times);
    }

    @Override
    public boolean read(BatchBuilder rows, int maxRows) throws IOException {
        var vectors = new Vector[columns];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = rows.vector(i);
        }
        int good = rows.size();
        int stop = good + maxRows;
        while (true) {
            if (parsed == 0 && plain != null) {
                if (good == stop) {
                    return true;
                }
                if (!untouched && !lines.next()) {
                    return false;
                }
                untouched = false;
                if (lines.isNull()) {
                    appendNulls(vectors);
                } else if (lines.tooLong() || !plain.append(lines.bytes(), lines.start(), lines.end(), vectors, good)) {
                    refused(rows, good);
                    continue;
                }
                lines.complete(rows);
                good++;
                nextWhile = 1;
                continue;
            }
            try {
                JsonParser json = parser();
                JsonToken token = ahead ? json.currentToken() : begin(json);
                if (token == null && feed.tooLong) {
                    throw new JsonCell.Mismatch("the line is longer than 16 MB");
                }
                if (token == null) {
                    // A parser that has met its end is of no more use, and there may be more documents later.
                    parser = null;
                    lastLine = -1;
                    return false;
                }
                if (!ahead && lines.number() == lastLine) {
                    good--;
                    throw new JsonCell.Mismatch("there is more on the line after the object");
                }
                ahead = good == stop;
                if (ahead) {
                    return true;
                }
                if (plain != null && --parsed == 0) {
                    letGo();
                    untouched = true;
                    continue;
                }
                if (token == JsonToken.VALUE_NULL && lines.isNull()) {
                    appendNulls(vectors);
                } else if (token == JsonToken.START_OBJECT) {
                    feed.inside = true;
                    fields.append(json, vectors, good);
                } else {
                    throw new JsonCell.Mismatch("it is no JSON object");
                }
                lines.complete(rows);
                good++;
                lastLine = lines.number();
            } catch (JsonProcessingException e) {
                good = lines.number() == lastLine && !feed.inside ? good - 1 : good;
                reject(rows, good, reason(e));
            } catch (JsonCell.Mismatch e) {
                reject(rows, good, String.valueOf(e.getMessage()));
            }
        }
    }

    private JsonParser parser() throws IOException {
        if (parser == null) {
            feed.lead = Feed.LEAD;
            parser = JSON.createParser(feed);
        }
        return parser;
    }

    private @Nullable JsonToken begin(JsonParser json) throws IOException {
        feed.inside = false;
        return json.nextToken();
    }

    /** Without the parser's own place, which counts from where it was made. */
    private static String reason(JsonProcessingException e) {
        String first = e.getOriginalMessage().lines().findFirst().orElse("it is no JSON");
        return PLACE.matcher(first).replaceFirst("");
    }

    /** The parser takes the current line, and some more. */
    private void refused(BatchBuilder rows, int good) {
        rows.truncate(good);
        parsed = 1 + nextWhile;
        nextWhile = Math.min(nextWhile * 2, LONGEST_WHILE);
        feed.take();
    }

    private void reject(BatchBuilder rows, int good, String reason) throws IOException {
        rows.truncate(good);
        bad.add(lines.position(), lines.shown(), reason);
        letGo();
    }

    /** The parser has begun a line that it will not read, or has come to grief in one. */
    private void letGo() throws IOException {
        if (parser != null) {
            parser.close();
        }
        parser = null;
        ahead = false;
        lastLine = -1;
        feed.dropLine();
    }

    private static void appendNulls(Vector[] vectors) {
        for (Vector vector : vectors) {
            vector.appendValue(null);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** The lines as one stream, given line by line. */
    private final class Feed extends InputStream {
        /** Blanks that keep the parser from guessing another encoding from the first bytes. */
        private static final int LEAD = 4;

        private static final byte[] NULL = {'n', 'u', 'l', 'l'};

        private int lead;
        private byte[] text = NULL;
        private int at;
        private int end;
        private boolean open;
        private boolean inside;
        private boolean tooLong;

        @Override
        public int read() {
            throw new UnsupportedOperationException("read(byte[], int, int)");
        }

        @Override
        public int read(byte[] out, int offset, int length) throws IOException {
            if (lead > 0) {
                int count = Math.min(lead, length);
                java.util.Arrays.fill(out, offset, offset + count, (byte) ' ');
                lead -= count;
                return count;
            }
            if (!open && (inside || tooLong || !next())) {
                return -1;
            }
            int count = Math.min(length - 1, end - at);
            System.arraycopy(text, at, out, offset, count);
            at += count;
            if (at == end) {
                out[offset + count++] = '\n';
                open = false;
            }
            return count;
        }

        private boolean next() throws IOException {
            return lines.next() && take();
        }

        /** Gives the current line next. */
        private boolean take() {
            tooLong = lines.tooLong();
            boolean none = lines.isNull();
            text = none ? NULL : lines.bytes();
            at = none ? 0 : lines.start();
            end = none ? NULL.length : lines.end();
            open = !tooLong;
            return open;
        }

        private void dropLine() {
            open = false;
            tooLong = false;
            inside = false;
        }

        /** The parser's end is not the lines' end. */
        @Override
        public void close() {}
    }
}
