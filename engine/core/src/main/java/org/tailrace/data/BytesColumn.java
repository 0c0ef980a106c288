package org.tailrace.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strings (UTF-8) and binaries: bytes and offsets, or codes into a dictionary. */
public final class BytesColumn extends Column {
    private static final int[] NONE = {};
    private static final byte[] EMPTY = {};

    /** A dictionary is worth keeping up to so many bytes a row. */
    private static final int BYTES_A_ROW = 64;

    final byte[] data;
    final int[] offsets;
    final int[] codes;
    final @Nullable Dictionary dictionary;
    final int offset;

    /** Takes the arrays over. {@code offsets} has one more entry than there are rows. */
    public BytesColumn(DataType type, byte[] data, int[] offsets, long @Nullable [] validity) {
        this(type, data, offsets, 0, offsets.length - 1, validity);
    }

    /** Rows of arrays that hold others too. */
    BytesColumn(DataType type, byte[] data, int[] offsets, int offset, int size, long @Nullable [] validity) {
        super(type, size, validity);
        this.data = data;
        this.offsets = offsets;
        this.codes = NONE;
        this.dictionary = null;
        this.offset = offset;
    }

    /** Takes the arrays over. */
    public BytesColumn(DataType type, int[] codes, Dictionary dictionary, long @Nullable [] validity) {
        this(type, codes, dictionary, 0, codes.length, validity);
    }

    /** Rows of an array that holds others too. */
    BytesColumn(DataType type, int[] codes, Dictionary dictionary, int offset, int size, long @Nullable [] validity) {
        super(type, size, validity);
        this.data = EMPTY;
        this.offsets = NONE;
        this.codes = codes;
        this.dictionary = dictionary;
        this.offset = offset;
    }

    @Override
    Column slice(int from, int count) {
        Dictionary values = dictionary;
        return values == null
                ? new BytesColumn(type(), data, offsets, offset + from, count, validity(from, count))
                : new BytesColumn(type(), codes, values, offset + from, count, validity(from, count));
    }

    /** Also lets go of a dictionary that is large for so few rows. */
    @Override
    Column compact() {
        Dictionary values = dictionary;
        boolean large = values != null && values.data.length > (long) BYTES_A_ROW * size();
        if (!large && size() == (values == null ? offsets.length - 1 : codes.length)) {
            return this;
        }
        var rows = new BytesVector(type());
        rows.view(this, 0, size());
        return large ? rows.plainColumn() : rows.toColumn();
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        byte[] bytes = dictionary != null ? dictionary.data : data;
        int start = dictionary != null ? dictionary.offsets[codes[offset + row]] : offsets[offset + row];
        int end = dictionary != null ? dictionary.offsets[codes[offset + row] + 1] : offsets[offset + row + 1];
        return type() == DataType.BINARY
                ? Arrays.copyOfRange(bytes, start, end)
                : new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
