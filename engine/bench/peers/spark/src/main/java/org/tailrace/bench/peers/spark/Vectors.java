package org.tailrace.bench.peers.spark;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.tailrace.bench.data.Lines;

/** Spark's view of arrays, from a row on, without nulls. */
final class Vectors {
    private Vectors() {}

    static ColumnVector longs(long[] values, int from) {
        return new Longs(DataTypes.LongType, values, from);
    }

    static ColumnVector times(long[] micros, int from) {
        return new Longs(DataTypes.TimestampType, micros, from);
    }

    private static final class Longs extends Base {
        private final long[] values;
        private final int from;

        Longs(DataType type, long[] values, int from) {
            super(type);
            this.values = values;
            this.from = from;
        }

        @Override
        public long getLong(int row) {
            return values[from + row];
        }
    }

    static final class Codes extends Base {
        private final int[] codes;
        private final UTF8String[] strings;
        private final int from;

        Codes(int[] codes, UTF8String[] strings, int from) {
            super(DataTypes.StringType);
            this.codes = codes;
            this.strings = strings;
            this.from = from;
        }

        @Override
        public UTF8String getUTF8String(int row) {
            return strings[codes[from + row]];
        }
    }

    static final class Slices extends Base {
        private final Lines lines;
        private final int from;

        Slices(Lines lines, int from) {
            super(DataTypes.StringType);
            this.lines = lines;
            this.from = from;
        }

        @Override
        public UTF8String getUTF8String(int row) {
            int start = lines.offsets[from + row];
            return UTF8String.fromBytes(lines.bytes, start, lines.offsets[from + row + 1] - start);
        }
    }

    private abstract static class Base extends ColumnVector {
        Base(DataType type) {
            super(type);
        }

        @Override
        public void close() {}

        @Override
        public boolean hasNull() {
            return false;
        }

        @Override
        public int numNulls() {
            return 0;
        }

        @Override
        public boolean isNullAt(int row) {
            return false;
        }

        private static UnsupportedOperationException other() {
            return new UnsupportedOperationException("a column of another type");
        }

        @Override
        public boolean getBoolean(int row) {
            throw other();
        }

        @Override
        public byte getByte(int row) {
            throw other();
        }

        @Override
        public short getShort(int row) {
            throw other();
        }

        @Override
        public int getInt(int row) {
            throw other();
        }

        @Override
        public long getLong(int row) {
            throw other();
        }

        @Override
        public float getFloat(int row) {
            throw other();
        }

        @Override
        public double getDouble(int row) {
            throw other();
        }

        @Override
        public ColumnarArray getArray(int row) {
            throw other();
        }

        @Override
        public ColumnarMap getMap(int row) {
            throw other();
        }

        @Override
        public Decimal getDecimal(int row, int precision, int scale) {
            throw other();
        }

        @Override
        public UTF8String getUTF8String(int row) {
            throw other();
        }

        @Override
        public byte[] getBinary(int row) {
            throw other();
        }

        @Override
        public ColumnVector getChild(int ordinal) {
            throw other();
        }
    }
}
