package org.tailrace.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Strings (UTF-8) and binaries.
 *
 * <p>Row i is {@code data(i)[start(i) .. end(i))}. While {@link #dictionary} is set, row i has code
 * {@code codes[offset + i]} in it and the other arrays mean nothing. A row may share bytes with other rows.
 */
public final class BytesVector extends Vector {
    private static final byte[] EMPTY = {};

    public @Nullable Dictionary dictionary;
    public int[] codes = new int[0];

    private byte[] data = new byte[0];
    private int[] starts = new int[0];
    private int[] ends = new int[0];
    private int endsOffset;

    private byte[] ownData = data;
    private int[] ownStarts = starts;
    private int[] ownEnds = ends;
    private int[] ownCodes = codes;
    private int used;

    public BytesVector(DataType type) {
        super(type);
    }

    /** The array that holds the bytes of a row. */
    public byte[] data() {
        return dictionary != null ? dictionary.data : data;
    }

    public int start(int row) {
        return dictionary != null ? dictionary.offsets[codes[offset + row]] : starts[offset + row];
    }

    public int end(int row) {
        return dictionary != null ? dictionary.offsets[codes[offset + row] + 1] : ends[endsOffset + row];
    }

    @Override
    public void view(Column column, int from, int count) {
        var source = (BytesColumn) column;
        viewing(source, from, count);
        offset += source.offset;
        dictionary = source.dictionary;
        if (source.dictionary != null) {
            codes = source.codes;
        } else {
            data = source.data;
            starts = source.offsets;
            ends = source.offsets;
            endsOffset = offset + 1;
        }
    }

    /** Makes room for {@code count} rows in the plain form, to be set with {@link #set} in any order. */
    @Override
    public void prepare(int count) {
        super.prepare(count);
        used = 0;
    }

    @Override
    void ensure(int capacity, boolean keep) {
        if (ownStarts.length < capacity) {
            ownStarts = keep ? Arrays.copyOf(ownStarts, capacity) : new int[capacity];
            ownEnds = keep ? Arrays.copyOf(ownEnds, capacity) : new int[capacity];
        }
        dictionary = null;
        data = ownData;
        starts = ownStarts;
        ends = ownEnds;
        endsOffset = 0;
    }

    /** Makes room for {@code count} rows of codes into {@code values}. */
    public void prepareCodes(int count, Dictionary values) {
        super.prepare(count);
        if (ownCodes.length < count) {
            ownCodes = new int[count];
        }
        codes = ownCodes;
        dictionary = values;
    }

    /**
     * Becomes the rows of {@code source}, which are codes and none of them NULL, with the same codes into {@code values}.
     * Shares the codes, so it is valid as long as {@code source} stays as it is.
     */
    public void recode(BytesVector source, Dictionary values) {
        if (source.viewed instanceof BytesColumn column) {
            view(
                    new BytesColumn(type, column.codes, values, column.offset, column.size(), null),
                    source.viewedFrom,
                    source.size);
            return;
        }
        size = source.size;
        offset = source.offset;
        validity = null;
        constant = false;
        bounded = false;
        viewed = null;
        codes = source.codes;
        dictionary = values;
    }

    /** Sets a row of a prepared vector to a copy of the bytes. */
    public void set(int row, byte[] bytes, int from, int to) {
        int length = to - from;
        byte[] target = room(length);
        System.arraycopy(bytes, from, target, used, length);
        ownStarts[row] = used;
        used += length;
        ownEnds[row] = used;
    }

    public void set(int row, byte[] bytes) {
        set(row, bytes, 0, bytes.length);
    }

    public void set(int row, String text) {
        set(row, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Room for {@code length} more bytes of a row that is being written; write at {@link #position()}, then call {@link #finish}. */
    public byte[] room(int length) {
        if (used + length > ownData.length) {
            ownData = Arrays.copyOf(ownData, Math.max(used + length, grown(ownData.length)));
            data = ownData;
        }
        return ownData;
    }

    public int position() {
        return used;
    }

    /** Ends row {@code row}, written at {@link #position()}, after {@code length} bytes. */
    public void finish(int row, int length) {
        ownStarts[row] = used;
        used += length;
        ownEnds[row] = used;
    }

    @Override
    public void gather(Vector source, int[] from, int count) {
        var other = (BytesVector) source;
        Dictionary values = other.dictionary;
        if (values != null) {
            int[] in = other.codes;
            int base = other.offset;
            prepareCodes(count, values);
            for (int i = 0; i < count; i++) {
                codes[i] = in[base + from[i]];
            }
        } else {
            // Shares the source's bytes: they live as long as the batch that is being worked on.
            prepare(count);
            for (int i = 0; i < count; i++) {
                ownStarts[i] = other.starts[other.offset + from[i]];
                ownEnds[i] = other.ends[other.endsOffset + from[i]];
            }
            data = other.data;
        }
        gatherValidity(source, from, count);
    }

    /** Stays in codes if all rows are of one dictionary. */
    @Override
    public void gather(Vector[] sources, int bits, int[] rows, int count) {
        Dictionary common = count == 0 ? null : ((BytesVector) sources[rows[0] >>> bits]).dictionary;
        boolean nulls = false;
        for (int i = 0; i < count; i++) {
            var source = (BytesVector) sources[rows[i] >>> bits];
            nulls |= source.validity != null;
            common = source.dictionary == common ? common : null;
        }
        int mask = (1 << bits) - 1;
        if (common != null) {
            prepareCodes(count, common);
            for (int i = 0; i < count; i++) {
                var source = (BytesVector) sources[rows[i] >>> bits];
                codes[i] = source.codes[source.offset + (rows[i] & mask)];
            }
        } else {
            prepare(count);
            for (int i = 0; i < count; i++) {
                var source = (BytesVector) sources[rows[i] >>> bits];
                int row = rows[i] & mask;
                set(i, source.data(), source.start(row), source.isNull(row) ? source.start(row) : source.end(row));
            }
        }
        if (nulls) {
            gatherValidity(sources, bits, rows, count);
        }
    }

    /** Stays in codes, or takes them over while empty, if the rows are of the same dictionary. */
    @Override
    public void appendAll(Vector source, int count) {
        var other = (BytesVector) source;
        Dictionary values = other.dictionary;
        if (values == null || other.validity != null || validity != null || size > 0 && dictionary != values) {
            super.appendAll(source, count);
            return;
        }
        if (ownCodes.length < size + count) {
            ownCodes = Arrays.copyOf(ownCodes, Math.max(size + count, grown(size)));
        }
        System.arraycopy(other.codes, other.offset, ownCodes, size, count);
        codes = ownCodes;
        dictionary = values;
        size += count;
    }

    /** From own codes to own bytes. */
    private void spell() {
        Dictionary values = Objects.requireNonNull(dictionary);
        ensure(Math.max(16, size), false);
        used = 0;
        for (int i = 0; i < size; i++) {
            set(i, values.data, values.offsets[ownCodes[i]], values.offsets[ownCodes[i] + 1]);
        }
    }

    @Override
    public void append(Vector source, int row) {
        var other = (BytesVector) source;
        if (other.isNull(row)) {
            append(EMPTY, 0, 0, false);
        } else {
            append(other.data(), other.start(row), other.end(row), true);
        }
    }

    /** Appends an entry of a dictionary. Stays in codes, or takes them over while empty, if there is no other dictionary. */
    public void append(Dictionary values, int code) {
        if (size > 0 && dictionary != values) {
            append(values.data, values.offsets[code], values.offsets[code + 1], true);
            return;
        }
        if (ownCodes.length == size) {
            ownCodes = Arrays.copyOf(ownCodes, grown(size));
        }
        codes = ownCodes;
        dictionary = values;
        ownCodes[size++] = code;
        appendValidity(true);
    }

    /** The values of all rows, in order, as a dictionary; that of NULL is empty. */
    public Dictionary toDictionary() {
        var plain = (BytesColumn) plainColumn();
        return new Dictionary(plain.data, plain.offsets);
    }

    public void append(byte[] bytes, int from, int to, boolean valid) {
        if (dictionary != null && !valid && size > 0) {
            append(dictionary, 0);
            setNull(size - 1);
            return;
        }
        if (dictionary != null) {
            spell();
        }
        if (size == ownStarts.length) {
            ensure(grown(size), true);
        }
        size++;
        set(size - 1, bytes, from, to);
        appendValidity(valid);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        byte[] bytes = value == null
                ? EMPTY
                : value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length, value != null);
    }

    @Override
    public Column toColumn() {
        Dictionary values = dictionary;
        if (values != null) {
            return new BytesColumn(type, Arrays.copyOfRange(codes, offset, offset + size), values, copyValidity());
        }
        return plainColumn();
    }

    /** A copy without a dictionary. */
    Column plainColumn() {
        int[] froms = new int[size];
        int[] offsets = new int[size + 1];
        Dictionary values = dictionary;
        for (int i = 0, at = 0; i < size; i++) {
            if (isNull(i)) {
                offsets[i + 1] = at;
                continue;
            }
            int from = values != null ? values.offsets[codes[offset + i]] : starts[offset + i];
            int to = values != null ? values.offsets[codes[offset + i] + 1] : ends[endsOffset + i];
            froms[i] = from;
            at += to - from;
            offsets[i + 1] = at;
        }
        byte[] all = data();
        byte[] bytes = new byte[offsets[size]];
        for (int i = 0; i < size; i++) {
            System.arraycopy(all, froms[i], bytes, offsets[i], offsets[i + 1] - offsets[i]);
        }
        return new BytesColumn(type, bytes, offsets, copyValidity());
    }

    /** The row as text; unspecified for NULL. */
    public String string(int row) {
        return new String(data(), start(row), end(row) - start(row), StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        return type == DataType.BINARY ? Arrays.copyOfRange(data(), start(row), end(row)) : string(row);
    }
}
