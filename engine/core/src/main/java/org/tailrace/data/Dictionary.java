package org.tailrace.data;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The values of a block of strings, one after another as bytes; mostly distinct. Immutable; identity tells two dictionaries
 * apart, so that translations of codes can be cached per dictionary.
 */
public final class Dictionary {
    final byte[] data;
    final int[] offsets;

    /**
     * @param data never changed afterwards
     * @param offsets one more than there are values; never changed afterwards
     */
    public Dictionary(byte[] data, int[] offsets) {
        this.data = data;
        this.offsets = offsets;
    }

    /** The entries of several, one dictionary behind the other. */
    public static Dictionary join(List<Dictionary> parts) {
        int bytes = 0;
        int entries = 0;
        for (Dictionary part : parts) {
            bytes += part.offsets[part.size()] - part.offsets[0];
            entries += part.size();
        }
        byte[] data = new byte[bytes];
        int[] offsets = new int[entries + 1];
        int at = 0;
        int entry = 0;
        for (Dictionary part : parts) {
            int start = part.offsets[0];
            int length = part.offsets[part.size()] - start;
            System.arraycopy(part.data, start, data, at, length);
            for (int code = 0; code < part.size(); code++) {
                offsets[++entry] = at + part.offsets[code + 1] - start;
            }
            at += length;
        }
        return new Dictionary(data, offsets);
    }

    public int size() {
        return offsets.length - 1;
    }

    public byte[] data() {
        return data;
    }

    public int start(int code) {
        return offsets[code];
    }

    public int end(int code) {
        return offsets[code + 1];
    }

    public String string(int code) {
        return new String(data, offsets[code], offsets[code + 1] - offsets[code], StandardCharsets.UTF_8);
    }
}
