package org.tailrace.data.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Decodes UTF-8 and tells what is none: a byte b that belongs to no character becomes the lone surrogate
 * {@code 0xDC00 + b}, which no valid text contains, so that the record it is in can be set aside and the rest be read.
 * A byte-order mark at the start is skipped. One thread.
 */
public final class Utf8Reader extends Reader {
    /** Added to a byte that is not UTF-8. */
    public static final int ESCAPE = 0xDC00;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private boolean ended;
    private boolean started;
    /** The second half of a pair for which there was no more room; 0 if there is none. */
    private char owed;

    private final char[] pair = new char[2];

    public Utf8Reader(InputStream in) {
        this(in, true);
    }

    /** @param fromStart false if the input begins within a text, where a byte-order mark is a character */
    public Utf8Reader(InputStream in, boolean fromStart) {
        this.in = in;
        started = !fromStart;
    }

    @Override
    public int read(char[] out, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!started) {
            started = true;
            need(3);
            if (end - at >= 3
                    && buffer[at] == (byte) 0xEF
                    && buffer[at + 1] == (byte) 0xBB
                    && buffer[at + 2] == (byte) 0xBF) {
                at += 3;
            }
        }
        int to = offset;
        int stop = offset + length;
        if (owed != 0) {
            out[to++] = owed;
            owed = 0;
            return 1;
        }
        need(4);
        if (at == end) {
            return -1;
        }
        while (to < stop && at < end) {
            byte b = buffer[at];
            if (b >= 0) {
                out[to++] = (char) b;
                at++;
                continue;
            }
            if (end - at < 4 && !ended) {
                break;
            }
            int chars = decode();
            out[to++] = pair[0];
            if (chars == 2 && to < stop) {
                out[to++] = pair[1];
            } else if (chars == 2) {
                owed = pair[1];
            }
        }
        return to - offset;
    }

    /** Decodes one character into {@link #pair}; its number of halves. */
    private int decode() {
        int length = Utf8.length(buffer, at, end);
        if (length == 0) {
            pair[0] = (char) (ESCAPE + (buffer[at++] & 0xFF));
            return 1;
        }
        int point = buffer[at] & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            point = point << 6 | buffer[at + i] & 0x3F;
        }
        at += length;
        return Character.toChars(point, pair, 0);
    }

    /** Reads on until {@code count} bytes are there, or the input has ended. */
    private void need(int count) throws IOException {
        while (end - at < count && !ended) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                ended = true;
            } else {
                end += read;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Text as people can read it: escaped bytes as {@code \xNN}, control characters but tabs as {@code \\u00NN}. */
    public static String shown(CharSequence text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            if (c > ESCAPE && c <= ESCAPE + 0xFF && !pair) {
                out.append(String.format(java.util.Locale.ROOT, "\\x%02X", c - ESCAPE));
            } else if (c < ' ' && c != '\t' && c != '\n' || c == 0x7F) {
                out.append(String.format(java.util.Locale.ROOT, "\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
