package org.tailrace.connect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, as many as it had when it was planned. */
final class FirstBytes extends FilterInputStream {
    private long left;

    FirstBytes(InputStream in, long bytes) {
        super(in);
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        left--;
        return in.read();
    }

    @Override
    public int read(byte[] out, int offset, int length) throws IOException {
        int count = left == 0 ? -1 : in.read(out, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }
}
