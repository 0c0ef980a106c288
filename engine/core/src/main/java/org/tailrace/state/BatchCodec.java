package org.tailrace.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.ArrayColumn;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.Batch;
import org.tailrace.data.Bits;
import org.tailrace.data.BooleanColumn;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesColumn;
import org.tailrace.data.BytesVector;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.Decimal128Column;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.DoubleColumn;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntColumn;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongColumn;
import org.tailrace.data.LongVector;
import org.tailrace.data.MapColumn;
import org.tailrace.data.MapVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructColumn;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/**
 * Batches to bytes and back. The schema is not in the bytes: whoever reads knows it. Strings are written, never codes of
 * a dictionary.
 *
 * <pre>
 *  batch  = rows:int  column*
 *  column = nulls:byte  [validity:long*]  values
 *  values = boolean: byte*   int: int*   long: long*   double: bits:long*   decimal: (high low)*
 *           bytes: length:int* byte*     array: length:int* elements:int column
 *           map: length:int* entries:int column column     struct: column*
 * </pre>
 */
final class BatchCodec {
    private BatchCodec() {}

    static byte[] encode(Batch batch) {
        var bytes = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(bytes), batch);
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    static Batch decode(byte[] bytes, Schema schema) throws IOException {
        return read(new DataInputStream(new ByteArrayInputStream(bytes)), schema);
    }

    static void write(DataOutputStream out, Batch batch) throws IOException {
        out.writeInt(batch.size());
        for (Column column : batch.columns()) {
            Vector vector = Vector.create(column.type());
            vector.view(column, 0, batch.size());
            write(out, vector);
        }
    }

    static Batch read(DataInputStream in, Schema schema) throws IOException {
        int rows = count(in);
        var columns = new ArrayList<Column>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(read(in, schema.type(i), rows));
        }
        return new Batch(schema, rows, columns);
    }

    private static void write(DataOutputStream out, Vector column) throws IOException {
        int rows = column.size;
        long[] validity = column.validity;
        out.writeBoolean(validity != null);
        if (validity != null) {
            for (int i = 0; i < Bits.words(rows); i++) {
                out.writeLong(validity[i]);
            }
        }
        for (int row = 0; row < rows; row++) {
            writeFixed(out, column, row);
        }
        if (column instanceof BytesVector text) {
            for (int row = 0; row < rows; row++) {
                if (!text.isNull(row)) {
                    out.write(text.data(), text.start(row), text.end(row) - text.start(row));
                }
            }
        } else if (column instanceof ArrayVector array) {
            int[] used = used(rows, array::isNull, array::start, array::end);
            writeUsed(out, array.elements, used, true);
        } else if (column instanceof MapVector map) {
            int[] used = used(rows, map::isNull, map::start, map::end);
            writeUsed(out, map.keys, used, true);
            writeUsed(out, map.values, used, false);
        } else if (column instanceof StructVector struct) {
            for (Vector child : struct.children) {
                write(out, child);
            }
        }
    }

    /** What a row takes in the part of a column whose size follows from its type and rows. */
    private static void writeFixed(DataOutputStream out, Vector column, int row) throws IOException {
        if (column instanceof BooleanVector booleans) {
            out.writeBoolean(booleans.values[booleans.offset + row]);
        } else if (column instanceof IntVector ints) {
            out.writeInt(ints.values[ints.offset + row]);
        } else if (column instanceof LongVector longs) {
            out.writeLong(longs.values[longs.offset + row]);
        } else if (column instanceof DoubleVector doubles) {
            out.writeLong(Double.doubleToRawLongBits(doubles.values[doubles.offset + row]));
        } else if (column instanceof Decimal128Vector decimals) {
            out.writeLong(decimals.high[decimals.offset + row]);
            out.writeLong(decimals.low[decimals.offset + row]);
        } else if (column instanceof BytesVector text) {
            out.writeInt(text.isNull(row) ? 0 : text.end(row) - text.start(row));
        } else if (column instanceof ArrayVector array) {
            out.writeInt(array.isNull(row) ? 0 : array.end(row) - array.start(row));
        } else if (column instanceof MapVector map) {
            out.writeInt(map.isNull(row) ? 0 : map.end(row) - map.start(row));
        } else if (!(column instanceof StructVector)) {
            throw new IllegalArgumentException("values of type " + column.type + " cannot be written");
        }
    }

    private interface At<T> {
        T at(int row);
    }

    private static int[] used(int rows, At<Boolean> isNull, At<Integer> start, At<Integer> end) {
        int total = 0;
        for (int row = 0; row < rows; row++) {
            total += isNull.at(row) ? 0 : end.at(row) - start.at(row);
        }
        int[] used = new int[total];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            for (int i = start.at(row); !isNull.at(row) && i < end.at(row); i++) {
                used[next++] = i;
            }
        }
        return used;
    }

    private static void writeUsed(DataOutputStream out, Vector elements, int[] used, boolean count) throws IOException {
        Vector gathered = Vector.create(elements.type);
        gathered.gather(elements, used, used.length);
        if (count) {
            out.writeInt(used.length);
        }
        write(out, gathered);
    }

    private static Column read(DataInputStream in, DataType type, int rows) throws IOException {
        long[] validity = readValidity(in, rows);
        switch (type.storage()) {
            case BOOLEAN:
                boolean[] booleans = new boolean[rows];
                for (int i = 0; i < rows; i++) {
                    booleans[i] = in.readBoolean();
                }
                return new BooleanColumn(type, booleans, validity);
            case INT:
                return new IntColumn(type, ints(in, rows), validity);
            case LONG:
                return new LongColumn(type, longs(in, rows), validity);
            case DOUBLE:
                double[] doubles = new double[rows];
                for (int i = 0; i < rows; i++) {
                    doubles[i] = Double.longBitsToDouble(in.readLong());
                }
                return new DoubleColumn(type, doubles, validity);
            case DECIMAL128:
                long[] high = new long[rows];
                long[] low = new long[rows];
                for (int i = 0; i < rows; i++) {
                    high[i] = in.readLong();
                    low[i] = in.readLong();
                }
                return new Decimal128Column(type, high, low, validity);
            case BYTES:
                int[] offsets = offsets(in, rows);
                byte[] data = in.readNBytes(offsets[rows]);
                if (data.length < offsets[rows]) {
                    throw new IOException("the data ends too early");
                }
                return new BytesColumn(type, data, offsets, validity);
            default:
                return readNested(in, type, rows, validity);
        }
    }

    private static Column readNested(DataInputStream in, DataType type, int rows, long @Nullable [] validity)
            throws IOException {
        if (type instanceof DataType.Array array) {
            int[] offsets = offsets(in, rows);
            return new ArrayColumn(type, offsets, read(in, array.element(), count(in)), validity);
        } else if (type instanceof DataType.Map map) {
            int[] offsets = offsets(in, rows);
            int entries = count(in);
            Column keys = read(in, map.key(), entries);
            return new MapColumn(type, offsets, keys, read(in, map.value(), entries), validity);
        } else if (type instanceof DataType.Struct struct) {
            List<Column> children = new ArrayList<>();
            for (int i = 0; i < struct.fields().size(); i++) {
                children.add(read(in, struct.fields().type(i), rows));
            }
            return new StructColumn(type, rows, children, validity);
        }
        throw new IOException("values of type " + type + " cannot be read");
    }

    private static long @Nullable [] readValidity(DataInputStream in, int rows) throws IOException {
        return in.readBoolean() ? longs(in, Bits.words(rows)) : null;
    }

    private static long[] longs(DataInputStream in, int count) throws IOException {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    private static int[] ints(DataInputStream in, int count) throws IOException {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    private static int[] offsets(DataInputStream in, int rows) throws IOException {
        int[] offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) {
            int length = in.readInt();
            if (length < 0 || offsets[i] > Integer.MAX_VALUE - length) {
                throw new IOException("a length of " + length);
            }
            offsets[i + 1] = offsets[i] + length;
        }
        return offsets;
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("a count of " + count);
        }
        return count;
    }
}
