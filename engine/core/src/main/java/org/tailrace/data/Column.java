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

    /** The value of a row in its external form (see {@link Vector#get}); null for NULL. */
    public abstract @Nullable Object get(int row);
}
