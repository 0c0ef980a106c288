package org.tailrace.connect;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Turns an escape character of one's own, before a quote or before itself in a quoted field, into the doubled quote that parsers know. */
final class EscapeReader extends FilterReader {
    private final char quote;
    private final char escape;
    private final char[] ahead = new char[4096];
    private int at;
    private int end;
    private boolean quoted;
    private int owed = -1;

    EscapeReader(Reader in, char quote, char escape) {
        super(in);
        this.quote = quote;
        this.escape = escape;
    }

    private int peek() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(ahead, 0, ahead.length));
        }
        return at == end ? -1 : ahead[at];
    }

    @Override
    public int read() throws IOException {
        if (owed >= 0) {
            int c = owed;
            owed = -1;
            return c;
        }
        int c = peek();
        if (c < 0) {
            return -1;
        }
        at++;
        if (quoted && c == escape) {
            int next = peek();
            if (next == quote) {
                at++;
                owed = quote;
                return quote;
            }
            if (next == escape) {
                at++;
            }
            return escape;
        }
        if (c == quote) {
            quoted = !quoted;
        }
        return c;
    }

    @Override
    public int read(char[] out, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int c = read();
            if (c < 0) {
                return count == 0 ? -1 : count;
            }
            out[offset + count++] = (char) c;
        }
        return count;
    }
}
