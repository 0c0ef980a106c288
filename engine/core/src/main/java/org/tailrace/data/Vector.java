package org.tailrace.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The mutable form of a column: what operators and function kernels read and write, a few thousand rows at a time.
 *
 * <p>A vector either <em>views</em> a range of a column, reading its arrays in place from an offset, or <em>owns</em>
 * its arrays. Loops therefore read {@code values[offset + i]} and write {@code values[i]} after {@link #prepare}, which
 * ends a view. Validity always starts at bit 0; {@code validity == null} means that no value is NULL. A value under a
 * cleared bit is unspecified, but reading it is harmless.
 *
 * <p>Vectors belong to the one thread that runs an operator; {@code exec} pools them and none leaves it.
 */
public abstract sealed class Vector
        permits BooleanVector,
                IntVector,
                LongVector,
                DoubleVector,
                Decimal128Vector,
                BytesVector,
                ArrayVector,
                MapVector,
                StructVector,
                ObjectVector {

    public final DataType type;
    /** Number of rows that hold values. */
    public int size;
    /** Where row 0 lies in the arrays; 0 unless this is a view. */
    public int offset;
    /** Bit i set: row i is not NULL. Null: no NULLs. */
    public long @Nullable [] validity;

    private long[] ownValidity = new long[0];

    @Nullable
    Column viewed;

    int viewedFrom;
    /** Set on a vector whose rows all hold the value of row 0, as a literal's do. */
    public boolean constant;

    /** Set by who has found the least and the greatest value of all rows, where the kind of vector has a place for them. */
    public boolean bounded;

    /**
     * Row i was gathered from the row of that number, and rows of one number hold the same value; null if nothing is known.
     * Vectors that were gathered together have the very same array, valid as long as their rows.
     */
    public int @Nullable [] origins;

    Vector(DataType type) {
        this.type = type;
    }

    public static Vector create(DataType type) {
        switch (type.storage()) {
            case BOOLEAN:
                return new BooleanVector(type);
            case INT:
                return new IntVector(type);
            case LONG:
                return new LongVector(type);
            case DOUBLE:
                return new DoubleVector(type);
            case DECIMAL128:
                return new Decimal128Vector(type);
            case BYTES:
                return new BytesVector(type);
            case ARRAY:
                return new ArrayVector(type);
            case MAP:
                return new MapVector(type);
            case STRUCT:
                return new StructVector(type);
            default:
                return new ObjectVector(type);
        }
    }

    /** Makes this a view of {@code count} rows of {@code column} from {@code from} on. Copies validity, shares values. */
    public abstract void view(Column column, int from, int count);

    /** Makes room for {@code count} rows to be written, all of them valid; ends a view. Earlier values are lost. */
    public void prepare(int count) {
        ensure(count, false);
        size = count;
        offset = 0;
        validity = null;
        constant = false;
        bounded = false;
        origins = null;
        viewed = null;
    }

    /** Gives the own arrays room for {@code capacity} rows, keeping the first {@link #size} if {@code keep}. */
    abstract void ensure(int capacity, boolean keep);

    /** Copies row {@code from[i]} of {@code source}, a vector of the same storage, to row i, for all i below {@code count}. */
    public abstract void gather(Vector source, int[] from, int count);

    /** Appends row {@code row} of {@code source}, of the same storage. Grows; this must own its arrays. */
    public abstract void append(Vector source, int row);

    /** Appends a value in its external form (see {@link #get}); null appends NULL. */
    public abstract void appendValue(@Nullable Object value);

    /** Forgets the rows from {@code rows} on, so that a row that turns out to be bad leaves no trace. This must own its arrays. */
    public void truncate(int rows) {
        size = rows;
    }

    /** A new column that holds a copy of the rows. */
    public abstract Column toColumn();

    /** A column of the rows: of a view one that shares the arrays of the column that is viewed, else a copy. */
    public Column shareColumn() {
        Column column = viewed;
        return column == null ? toColumn() : column.slice(viewedFrom, size);
    }

    /** Whether this reads the arrays of a column in place. */
    public final boolean isView() {
        return viewed != null;
    }

    /** A view that outlives this vector's next use: of the same column if this is a view, else of a copy. */
    public final Vector keep() {
        Vector kept = create(type);
        Column column = viewed;
        if (column != null) {
            kept.view(column, viewedFrom, size);
        } else {
            kept.view(toColumn(), 0, size);
        }
        return kept;
    }

    /** Appends the first {@code count} rows of {@code source}, of the same storage. Grows; this must own its arrays. */
    public void appendAll(Vector source, int count) {
        for (int i = 0; i < count; i++) {
            append(source, i);
        }
    }

    /**
     * As {@link #gather(Vector, int[], int)} from many vectors of the same storage: row {@code r} is row
     * {@code r & (1 << bits) - 1} of {@code sources[r >>> bits]}.
     */
    public void gather(Vector[] sources, int bits, int[] rows, int count) {
        prepare(0);
        int mask = (1 << bits) - 1;
        for (int i = 0; i < count; i++) {
            append(sources[rows[i] >>> bits], rows[i] & mask);
        }
    }

    /** Ends a gather from many: rows are valid as they are there. */
    final void gatherValidity(Vector[] sources, int bits, int[] rows, int count) {
        int mask = (1 << bits) - 1;
        for (int i = 0; i < count; i++) {
            if (sources[rows[i] >>> bits].isNull(rows[i] & mask)) {
                setNull(i);
            }
        }
    }

    /**
     * The value of a row in its external form, null for NULL: Boolean, Byte, Short, Integer, Long, Float, Double,
     * BigDecimal, String, byte[], LocalDate, Instant, LocalDateTime, Duration, Period, List, Map, Row.
     */
    public abstract @Nullable Object get(int row);

    public final boolean isNull(int row) {
        long[] bits = validity;
        return bits != null && (bits[row >>> 6] & (1L << row)) == 0;
    }

    public final void setNull(int row) {
        long[] bits = validity;
        if (bits == null) {
            bits = freshValidity(size);
            validity = bits;
        }
        Bits.clear(bits, row);
    }

    public final void setAllNull() {
        Arrays.fill(freshValidity(size), 0);
        validity = ownValidity;
    }

    public final int nullCount() {
        return Bits.countClear(validity, size);
    }

    /** The union of NULLs: a row is NULL here if it is NULL here already or in {@code other}. */
    public final void andValidity(Vector other) {
        long[] bits = other.validity;
        if (bits == null) {
            return;
        }
        if (validity == null) {
            validity = freshValidity(size);
            System.arraycopy(bits, 0, validity, 0, Bits.words(size));
        } else {
            Bits.and(validity, bits, size);
        }
    }

    /** Own validity bits, all set, with room for {@code count} rows. */
    final long[] freshValidity(int count) {
        int words = Bits.words(Math.max(count, 1));
        if (ownValidity.length < words) {
            ownValidity = new long[words];
        }
        Arrays.fill(ownValidity, -1L);
        return ownValidity;
    }

    /** Marks the appended last row valid or NULL, growing the bits. Called after {@link #size} was raised. */
    final void appendValidity(boolean valid) {
        long[] bits = validity;
        if (bits == null) {
            if (valid) {
                return;
            }
            bits = freshValidity(size);
            validity = bits;
        } else if (bits.length < Bits.words(size)) {
            int old = bits.length;
            bits = Arrays.copyOf(bits, Math.max(Bits.words(size), old * 2));
            Arrays.fill(bits, old, bits.length, -1L);
            ownValidity = bits;
            validity = bits;
        }
        if (valid) {
            Bits.set(bits, size - 1);
        } else {
            Bits.clear(bits, size - 1);
        }
    }

    final void viewing(Column source, int from, int count) {
        size = count;
        offset = from;
        constant = false;
        bounded = false;
        origins = null;
        viewed = source;
        viewedFrom = from;
        if (source.validity == null) {
            validity = null;
        } else {
            long[] bits = freshValidity(count);
            Bits.copy(source.validity, from, bits, count);
            validity = bits;
        }
    }

    final void gatherValidity(Vector source, int[] from, int count) {
        long[] bits = source.validity;
        if (bits == null) {
            validity = null;
            return;
        }
        long[] own = bits == ownValidity ? new long[Bits.words(count)] : freshValidity(count);
        for (int i = 0; i < count; i++) {
            if (Bits.get(bits, from[i])) {
                own[i >>> 6] |= 1L << i;
            } else {
                own[i >>> 6] &= ~(1L << i);
            }
        }
        ownValidity = own;
        validity = own;
    }

    /** A copy of the validity bits for a column, or null if there are no NULLs. */
    final long @Nullable [] copyValidity() {
        return validity == null || nullCount() == 0 ? null : Arrays.copyOf(validity, Bits.words(size));
    }

    static int grown(int capacity) {
        return Math.max(16, capacity + (capacity >> 1));
    }
}
