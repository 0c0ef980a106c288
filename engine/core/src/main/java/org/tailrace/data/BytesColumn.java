package org.tailrace.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strings (UTF-8) and binaries: bytes and offsets, or codes into a dictionary. */
public final class BytesColumn extends Column {
    private static final int[] NONE = {};
    private static final byte[] EMPTY = {};

    final byte[] data;
    final int[] offsets;
    final int[] codes;
    final @Nullable Dictionary dictionary;

    /** Takes the arrays over. {@code offsets} has one more entry than there are rows. */
    public BytesColumn(DataType type, byte[] data, int[] offsets, long @Nullable [] validity) {
        super(type, offsets.length - 1, validity);
        this.data = data;
        this.offsets = offsets;
        this.codes = NONE;
        this.dictionary = null;
    }

    /** Takes the arrays over. */
    public BytesColumn(DataType type, int[] codes, Dictionary dictionary, long @Nullable [] validity) {
        super(type, codes.length, validity);
        this.data = EMPTY;
        this.offsets = NONE;
        this.codes = codes;
        this.dictionary = dictionary;
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        byte[] bytes = dictionary != null ? dictionary.data : data;
        int start = dictionary != null ? dictionary.offsets[codes[row]] : offsets[row];
        int end = dictionary != null ? dictionary.offsets[codes[row] + 1] : offsets[row + 1];
        return type() == DataType.BINARY
                ? Arrays.copyOfRange(bytes, start, end)
                : new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
