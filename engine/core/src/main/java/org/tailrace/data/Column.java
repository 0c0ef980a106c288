package org.tailrace.data;

import org.jspecify.annotations.Nullable;

/** Typed values of consecutive rows. Never changed after construction, so it may be shared between threads. */
public abstract sealed class Column
        permits BooleanColumn,
                IntColumn,
                LongColumn,
                DoubleColumn,
                Decimal128Column,
                BytesColumn,
                ArrayColumn,
                MapColumn,
                StructColumn,
                ObjectColumn {
    private final DataType type;
    private final int size;
    final long @Nullable [] validity;

    Column(DataType type, int size, long @Nullable [] validity) {
        this.type = type;
        this.size = size;
        this.validity = validity;
    }

    public final DataType type() {
        return type;
    }

    public final int size() {
        return size;
    }

    public final boolean isNull(int row) {
        return validity != null && !Bits.get(validity, row);
    }

    public final int nullCount() {
        return Bits.countClear(validity, size);
    }

    /** Some of the rows, sharing the arrays where that is easy. */
    Column slice(int from, int count) {
        Vector rows = Vector.create(type);
        rows.view(this, from, count);
        return rows.toColumn();
    }

    /** The validity bits of a slice. */
    final long @Nullable [] validity(int from, int count) {
        if (validity == null) {
            return null;
        }
        long[] bits = new long[Bits.words(count)];
        Bits.copy(validity, from, bits, count);
        return bits;
    }

    /** The same rows in arrays that hold no others: this, or a copy if this shares the arrays of a larger column. */
    Column compact() {
        return this;
    }

    /** The value of a row in its external form (see {@link Vector#get}); null for NULL. */
    public abstract @Nullable Object get(int row);
}
