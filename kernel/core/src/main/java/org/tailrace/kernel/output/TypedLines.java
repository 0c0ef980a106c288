package org.tailrace.kernel.output;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;

/** Serves {@code System.in}: asks for a line when a cell reads, and keeps what the cell has not read of it yet. */
final class TypedLines {

    private static final byte[] NOTHING = {};

    private final Map<CellContext, byte[]> rest = new WeakHashMap<>();
    private volatile InputSource source = (cell, prompt, password) -> {
        throw new NoInputException();
    };

    void source(InputSource source) {
        this.source = source;
    }

    String ask(CellContext cell, String prompt, boolean password) throws IOException {
        try {
            return source.read(cell, prompt, password);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        }
    }

    int read(CellContext cell, byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        byte[] have;
        synchronized (rest) {
            have = rest.getOrDefault(cell, NOTHING);
        }
        if (have.length == 0) {
            have = (ask(cell, "", false) + "\n").getBytes(StandardCharsets.UTF_8);
        }
        int count = Math.min(length, have.length);
        System.arraycopy(have, 0, into, offset, count);
        synchronized (rest) {
            rest.put(cell, Arrays.copyOfRange(have, count, have.length));
        }
        return count;
    }
}
