package org.tailrace.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tailrace.data.text.Utf8Reader;
import org.tailrace.spi.Documents;

/**
 * Cuts bytes into lines in one buffer: after {@link #next()} the line is {@code bytes()[start()..end())}, without its end.
 * A byte-order mark is skipped; of a line of more than {@link #LONGEST} bytes the first few are kept. One thread.
 */
final class Lines implements Documents {
    static final int LONGEST = 16 << 20;
    private static final int RAW = 4096;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';

    private final InputStream in;
    private final String file;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private int next;
    private int filled;
    private boolean ended;
    private boolean tooLong;
    private long number;

    Lines(InputStream in) {
        this(in, "");
    }

    /** @param file what a position is told by */
    Lines(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /** Waits for the line's end or for the end of input. */
    @Override
    public boolean next() throws IOException {
        start = next;
        tooLong = false;
        int at = start;
        while (true) {
            at = lineEnd(at);
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

    /** Where the next line feed is, or all that was read ends. */
    private int lineEnd(int from) {
        int at = from;
        for (; at + 8 <= filled; at += 8) {
            long eight = (long) EIGHT.get(buffer, at) ^ LINE_FEEDS;
            long hits = eight - ONES & ~eight & HIGH;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (at < filled && buffer[at] != '\n') {
            at++;
        }
        return at;
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

    /** All that has not been read yet, from the current line on; these lines are at their end then. */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(buffer, start, filled - start), in);
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean tooLong() {
        return tooLong;
    }

    @Override
    public String position() {
        return file + " line " + number;
    }

    @Override
    public String shown() {
        int to = Math.min(end, start + RAW);
        return Utf8Reader.shown(new String(buffer, start, to - start, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
