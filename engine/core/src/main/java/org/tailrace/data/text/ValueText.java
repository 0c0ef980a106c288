package org.tailrace.data.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.tailrace.data.ArrayVector;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Decimal128Vector;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.MapVector;
import org.tailrace.data.StructVector;
import org.tailrace.data.Vector;

/** Values as the text that {@code CAST(value AS STRING)} gives in Spark. */
public final class ValueText {
    private ValueText() {}

    /** Appends the value of a row that is not NULL. */
    public static void print(Vector vector, int row, ZoneId zone, StringBuilder out) {
        DataType type = vector.type;
        int at = vector.offset + row;
        if (vector instanceof BooleanVector v) {
            out.append(v.values[at]);
        } else if (vector instanceof IntVector v) {
            printInt(type, v.values[at], out);
        } else if (vector instanceof LongVector v) {
            printLong(type, v.values[at], zone, out);
        } else if (vector instanceof DoubleVector v) {
            out.append(type == DataType.FLOAT ? Float.toString((float) v.values[at]) : Double.toString(v.values[at]));
        } else if (vector instanceof Decimal128Vector v) {
            out.append(new BigDecimal(v.unscaled(row), ((DataType.Decimal) type).scale()).toPlainString());
        } else if (vector instanceof BytesVector v) {
            out.append(new String(v.data(), v.start(row), v.end(row) - v.start(row), StandardCharsets.UTF_8));
        } else if (vector instanceof ArrayVector v) {
            out.append('[');
            for (int i = v.start(row); i < v.end(row); i++) {
                out.append(i > v.start(row) ? ", " : "");
                element(v.elements, i, zone, out);
            }
            out.append(']');
        } else if (vector instanceof MapVector v) {
            out.append('{');
            for (int i = v.start(row); i < v.end(row); i++) {
                out.append(i > v.start(row) ? ", " : "");
                element(v.keys, i, zone, out);
                out.append(" -> ");
                element(v.values, i, zone, out);
            }
            out.append('}');
        } else if (vector instanceof StructVector v) {
            out.append('{');
            for (int i = 0; i < v.children.length; i++) {
                out.append(i > 0 ? ", " : "");
                element(v.children[i], row, zone, out);
            }
            out.append('}');
        } else {
            out.append(vector.get(row));
        }
    }

    private static void element(Vector vector, int row, ZoneId zone, StringBuilder out) {
        if (vector.isNull(row)) {
            out.append("null");
        } else {
            print(vector, row, zone, out);
        }
    }

    private static void printInt(DataType type, int value, StringBuilder out) {
        if (type == DataType.DATE) {
            out.append(DateText.print(value));
        } else if (type instanceof DataType.YearMonthInterval interval) {
            out.append(IntervalText.print(interval, value));
        } else {
            out.append(value);
        }
    }

    private static void printLong(DataType type, long value, ZoneId zone, StringBuilder out) {
        if (type == DataType.BIGINT) {
            out.append(value);
        } else if (type == DataType.TIMESTAMP) {
            out.append(TimestampText.print(value, zone));
        } else if (type == DataType.TIMESTAMP_NTZ) {
            out.append(TimestampText.printLocal(value));
        } else if (type instanceof DataType.Decimal decimal) {
            out.append(BigDecimal.valueOf(value, decimal.scale()).toPlainString());
        } else {
            out.append(IntervalText.print((DataType.DayTimeInterval) type, value));
        }
    }
}
