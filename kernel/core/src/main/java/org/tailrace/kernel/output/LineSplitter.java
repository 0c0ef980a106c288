package org.tailrace.kernel.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into lines and hands each over, for output that goes to a log instead of a cell. */
final class LineSplitter {

    /** A line without end is handed over in pieces of this many bytes. */
    private static final int LONGEST = 8192;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                end();
            } else {
                // a piece ends before the first byte of a character, never inside it
                if (open.size() >= LONGEST && (bytes[i] & 0xC0) != 0x80) {
                    end();
                }
                open.write(bytes[i]);
            }
        }
    }

    synchronized void close() {
        if (open.size() > 0) {
            end();
        }
    }

    private void end() {
        String line = open.toString(StandardCharsets.UTF_8);
        open.reset();
        lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
}
