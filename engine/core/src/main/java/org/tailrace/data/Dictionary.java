package org.tailrace.data;

import java.nio.charset.StandardCharsets;

/**
 * The distinct values of a block of strings, one after another as bytes. Immutable; identity tells two dictionaries
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
