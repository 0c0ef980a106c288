package org.tailrace.kernel.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that one cell printed to one stream and that were not sent yet. Guarded by the router's lock. */
final class StreamBuffer {

    String name;
    private byte[] bytes = new byte[512];
    private int size;

    StreamBuffer(String name) {
        this.name = name;
    }

    void append(byte[] from, int offset, int length) {
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
        }
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    /** Everything up to the last whole character; the bytes of a character that is still being written stay. */
    String takeWhole() {
        return take(size - openTail());
    }

    String takeAll() {
        return take(size);
    }

    private String take(int count) {
        String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
        size -= count;
        System.arraycopy(bytes, count, bytes, 0, size);
        return text;
    }

    /** How many bytes at the end begin a character whose rest has not come. */
    private int openTail() {
        for (int back = 1; back <= Math.min(3, size); back++) {
            int b = bytes[size - back] & 0xFF;
            if (b < 0x80) {
                return 0;
            }
            if (b >= 0xC0) {
                int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return back < length ? back : 0;
            }
        }
        return 0;
    }
}
