package org.tailrace.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tailrace.data.text.Utf8Reader;

/**
 * Cuts bytes into lines in one buffer: after {@link #next()} the line is {@code bytes()[start()..end())}, without its end.
 * A byte-order mark is skipped; of a line of more than {@link #LONGEST} bytes the first few are kept. One thread.
 */
final class Lines implements AutoCloseable {
    static final int LONGEST = 16 << 20;
    private static final int RAW = 4096;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private int next;
    private int filled;
    private boolean ended;
    private boolean tooLong;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false if there is none. Waits for its end or for the end of input. */
    boolean next() throws IOException {
        start = next;
        tooLong = false;
        int at = start;
        while (true) {
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            if (at < filled || ended) {
                break;
            }
            at = fill();
        }
        if (at == filled && at == start && !tooLong) {
            return false;
        }
        next = Math.min(at + 1, filled);
        end = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
        if (number++ == 0
                && end - start >= 3
                && buffer[start] == (byte) 0xEF
                && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF) {
            start += 3;
        }
        return true;
    }

    /** Reads more of the current line; where the new bytes begin. */
    private int fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            if (filled >= LONGEST) {
                tooLong = true;
                filled = RAW;
            } else {
                buffer = Arrays.copyOf(buffer, filled * 2);
            }
        }
        int from = filled;
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
        return from;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    /** The line was too long to be kept. */
    boolean tooLong() {
        return tooLong;
    }

    /** The line as a bad record shows it. */
    String shown() {
        int to = Math.min(end, start + RAW);
        return Utf8Reader.shown(new String(buffer, start, to - start, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
