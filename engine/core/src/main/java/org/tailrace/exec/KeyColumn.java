package org.tailrace.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Storage;
import org.tailrace.data.ValueBytes;
import org.tailrace.data.Vector;

/** One column of a {@link GroupIndex}: turns its values into codes of at most 64 bits and back. NULLs are the index's business. */
abstract class KeyColumn {

    /** How many bits the codes need at most, counted from {@link #least}. */
    abstract int bits();

    /** The least code there can be, if it needs fewer than 64 bits. */
    long least() {
        return 0;
    }

    /** Codes of the first {@code count} rows; if not {@code add}, −1 in a pooled column is a value never seen. */
    abstract void encode(Vector vector, int count, boolean add, long[] codes);

    /** Writes the value of a code to row {@code row} of a prepared vector. */
    abstract void decode(long code, Vector target, int row);

    /** Whether codes are numbers of values seen. */
    boolean pooled() {
        return false;
    }

    /** A column for another thread, which finds what is in this one while nothing is added; null if there is none. */
    @Nullable
    KeyColumn reader() {
        return this;
    }

    long bytes() {
        return 0;
    }

    /** A struct whose fields are columns of their own: it has no code, and no bit but whether it is NULL. */
    static final KeyColumn STRUCT = new KeyColumn() {
        @Override
        int bits() {
            return 0;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            Arrays.fill(codes, 0, count, 0);
        }

        @Override
        void decode(long code, Vector target, int row) {}
    };

    static KeyColumn of(DataType type) {
        Storage storage = type.storage();
        switch (storage) {
            case INT:
                return new IntKey(type == DataType.TINYINT ? 8 : type == DataType.SMALLINT ? 16 : 32);
            case LONG:
                return new LongKey();
            case DOUBLE:
                return new DoubleKey();
            case BOOLEAN:
                return new BooleanKey();
            case BYTES:
                return new BytesKey();
            default:
                return new NestedKey(type);
        }
    }

    private static final class IntKey extends KeyColumn {
        private final int bits;

        IntKey(int bits) {
            this.bits = bits;
        }

        @Override
        int bits() {
            return bits;
        }

        @Override
        long least() {
            return -1L << bits - 1;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            var ints = (IntVector) vector;
            int[] values = ints.values;
            int offset = ints.offset;
            for (int i = 0; i < count; i++) {
                codes[i] = values[offset + i];
            }
        }

        @Override
        void decode(long code, Vector target, int row) {
            ((IntVector) target).values[row] = (int) code;
        }
    }

    private static final class LongKey extends KeyColumn {
        @Override
        int bits() {
            return 64;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            var longs = (LongVector) vector;
            System.arraycopy(longs.values, longs.offset, codes, 0, count);
        }

        @Override
        void decode(long code, Vector target, int row) {
            ((LongVector) target).values[row] = code;
        }
    }

    private static final class DoubleKey extends KeyColumn {
        @Override
        int bits() {
            return 64;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            var doubles = (DoubleVector) vector;
            for (int i = 0; i < count; i++) {
                codes[i] = ValueBytes.normal(doubles.values[doubles.offset + i]);
            }
        }

        @Override
        void decode(long code, Vector target, int row) {
            ((DoubleVector) target).values[row] = Double.longBitsToDouble(code);
        }
    }

    private static final class BooleanKey extends KeyColumn {
        @Override
        int bits() {
            return 1;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            var booleans = (BooleanVector) vector;
            for (int i = 0; i < count; i++) {
                codes[i] = booleans.values[booleans.offset + i] ? 1 : 0;
            }
        }

        @Override
        void decode(long code, Vector target, int row) {
            ((BooleanVector) target).values[row] = code != 0;
        }
    }

    private static final class BytesKey extends KeyColumn {
        private final BytesPool pool = new BytesPool();

        @Override
        int bits() {
            return 31;
        }

        @Override
        boolean pooled() {
            return true;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            pool.codes((BytesVector) vector, count, add, codes);
        }

        @Override
        KeyColumn reader() {
            return new BytesReader(pool);
        }

        @Override
        void decode(long code, Vector target, int row) {
            ((BytesVector) target).set(row, pool.data(), pool.start((int) code), pool.end((int) code));
        }

        @Override
        long bytes() {
            return pool.bytes();
        }
    }

    /** Finds byte strings in a pool of another thread. */
    private static final class BytesReader extends KeyColumn {
        private final BytesPool pool;
        private final BytesPool.Translations translations = new BytesPool.Translations();

        BytesReader(BytesPool pool) {
            this.pool = pool;
        }

        @Override
        int bits() {
            return 31;
        }

        @Override
        boolean pooled() {
            return true;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            pool.find((BytesVector) vector, count, codes, translations);
        }

        @Override
        void decode(long code, Vector target, int row) {
            throw new IllegalStateException("only finds");
        }
    }

    /** Wide decimals, arrays, maps, structs of very many fields: identity by bytes; the values themselves are kept in a vector. */
    private static final class NestedKey extends KeyColumn {
        private final BytesPool pool = new BytesPool();
        private final ValueBytes scratch = new ValueBytes();
        private final Vector values;

        NestedKey(DataType type) {
            values = Vector.create(type);
            values.prepare(0);
        }

        @Override
        int bits() {
            return 31;
        }

        @Override
        boolean pooled() {
            return true;
        }

        @Override
        void encode(Vector vector, int count, boolean add, long[] codes) {
            for (int i = 0; i < count; i++) {
                if (vector.isNull(i)) {
                    codes[i] = 0;
                    continue;
                }
                scratch.clear();
                scratch.write(vector, i);
                int code = pool.code(scratch.bytes, 0, scratch.length, add);
                if (code == values.size) {
                    values.append(vector, i);
                }
                codes[i] = code;
            }
        }

        @Override
        @Nullable
        KeyColumn reader() {
            return null;
        }

        @Override
        void decode(long code, Vector target, int row) {
            throw new IllegalStateException("nested keys are gathered");
        }

        /** Gathers the values of {@code codes} into {@code target}. */
        void decodeAll(int[] codes, int count, Vector target) {
            if (count > 0 && values.size == 0) {
                // All of them are NULL; the index clears their bits.
                values.appendValue(null);
                target.gather(values, codes, count);
                values.prepare(0);
                return;
            }
            target.gather(values, codes, count);
        }

        @Override
        long bytes() {
            return pool.bytes() * 2;
        }
    }

    /** Writes the values of many codes: {@code target} is prepared here. */
    void decode(long[] codes, int count, Vector target) {
        if (this instanceof NestedKey nested) {
            int[] rows = new int[count];
            for (int i = 0; i < count; i++) {
                rows[i] = (int) codes[i];
            }
            nested.decodeAll(rows, count, target);
            return;
        }
        target.prepare(count);
        for (int i = 0; i < count; i++) {
            decode(codes[i], target, i);
        }
    }
}
