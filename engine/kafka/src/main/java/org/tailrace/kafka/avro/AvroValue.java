package org.tailrace.kafka.avro;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
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
import org.tailrace.data.text.Utf8;

/** Reads one value of a schema and appends it to a vector. */
interface AvroValue {
    void read(AvroBytes in, Vector into) throws AvroBytes.Malformed;

    /** @param type of the vector, by {@link AvroTypes} */
    static AvroValue of(Schema schema, DataType type) {
        LogicalType logical = schema.getLogicalType();
        switch (schema.getType()) {
            case BOOLEAN:
                return (in, into) -> ((BooleanVector) into).append(in.bool(), true);
            case INT:
                return type == DataType.BIGINT
                        ? (in, into) -> ((LongVector) into).append(in.integer(), true)
                        : (in, into) -> ((IntVector) into).append(in.integer(), true);
            case LONG:
                long micros = logical instanceof LogicalTypes.TimestampMillis
                                || logical instanceof LogicalTypes.LocalTimestampMillis
                        ? 1000
                        : 1;
                return (in, into) -> ((LongVector) into).append(times(in.number(), micros), true);
            case FLOAT:
                return (in, into) -> ((DoubleVector) into).append(in.single(), true);
            case DOUBLE:
                return (in, into) -> ((DoubleVector) into).append(in.real(), true);
            case STRING:
                return AvroValue::string;
            case ENUM:
                return symbol(schema);
            case BYTES:
                return bytes(-1, type);
            case FIXED:
                return bytes(schema.getFixedSize(), type);
            case NULL:
                return (in, into) -> into.appendValue(null);
            case ARRAY:
                return array(of(schema.getElementType(), ((DataType.Array) type).element()));
            case MAP:
                return map(of(schema.getValueType(), ((DataType.Map) type).value()));
            case RECORD:
                return record(schema, (DataType.Struct) type);
            default:
                return union(schema, type);
        }
    }

    private static long times(long value, long factor) throws AvroBytes.Malformed {
        long product = value * factor;
        if (product / factor != value) {
            throw new AvroBytes.Malformed("a time of " + value + " ms does not fit into microseconds");
        }
        return product;
    }

    private static void string(AvroBytes in, Vector into) throws AvroBytes.Malformed {
        long length = in.number();
        int start = in.skip(length);
        int end = start + (int) length;
        if (!Utf8.valid(in.bytes(), start, end)) {
            throw new AvroBytes.Malformed("a string holds bytes that are not UTF-8");
        }
        ((BytesVector) into).append(in.bytes(), start, end, true);
    }

    private static AvroValue symbol(Schema schema) {
        List<String> symbols = schema.getEnumSymbols();
        return (in, into) -> {
            int number = in.integer();
            if (number < 0 || number >= symbols.size()) {
                throw new AvroBytes.Malformed(schema.getName() + " has no symbol " + number);
            }
            into.appendValue(symbols.get(number));
        };
    }

    /** @param size −1 if the length stands before the bytes */
    private static AvroValue bytes(int size, DataType type) {
        return (in, into) -> {
            long length = size < 0 ? in.number() : size;
            int start = in.skip(length);
            int end = start + (int) length;
            if (type instanceof DataType.Decimal decimal) {
                decimal(Arrays.copyOfRange(in.bytes(), start, end), decimal, into);
            } else {
                ((BytesVector) into).append(in.bytes(), start, end, true);
            }
        };
    }

    private static void decimal(byte[] unscaled, DataType.Decimal type, Vector into) throws AvroBytes.Malformed {
        // Longer than any number of 38 digits: not worth the arithmetic.
        if (unscaled.length == 0 || unscaled.length > 64) {
            throw new AvroBytes.Malformed("a decimal has " + unscaled.length + " bytes");
        }
        var value = new BigInteger(unscaled);
        if (value.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
            throw new AvroBytes.Malformed("a number does not fit into " + type);
        }
        if (into instanceof LongVector longs) {
            longs.append(value.longValue(), true);
        } else {
            ((Decimal128Vector) into).append(value.shiftRight(64).longValue(), value.longValue(), true);
        }
    }

    private static AvroValue array(AvroValue element) {
        return (in, into) -> {
            var array = (ArrayVector) into;
            int start = array.elements.size;
            for (long count = in.block(); count > 0; count = in.block()) {
                for (long i = 0; i < count; i++) {
                    element.read(in, array.elements);
                }
            }
            array.appendRange(start, true);
        };
    }

    private static AvroValue map(AvroValue value) {
        return (in, into) -> {
            var map = (MapVector) into;
            int start = map.keys.size;
            for (long count = in.block(); count > 0; count = in.block()) {
                for (long i = 0; i < count; i++) {
                    string(in, map.keys);
                    value.read(in, map.values);
                }
            }
            map.appendRange(start, true);
        };
    }

    private static AvroValue record(Schema schema, DataType.Struct type) {
        AvroValue[] fields = fields(schema, type.fields());
        return (in, into) -> {
            var struct = (StructVector) into;
            for (int i = 0; i < fields.length; i++) {
                fields[i].read(in, struct.children[i]);
            }
            struct.appendRow(true);
        };
    }

    static AvroValue[] fields(Schema record, org.tailrace.data.Schema columns) {
        var fields = new AvroValue[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = of(record.getFields().get(i).schema(), columns.type(i));
        }
        return fields;
    }

    private static AvroValue union(Schema union, DataType type) {
        List<Schema> branches = AvroTypes.branches(union);
        boolean members = branches.size() > 1 && type instanceof DataType.Struct;
        var values = new AvroValue[union.getTypes().size()];
        for (int i = 0, member = 0; i < values.length; i++) {
            Schema branch = union.getTypes().get(i);
            if (branch.getType() == Schema.Type.NULL) {
                values[i] = (in, into) -> into.appendValue(null);
            } else if (!members) {
                values[i] = of(branch, type);
            } else {
                values[i] = member(branch, (DataType.Struct) type, member++);
            }
        }
        return (in, into) -> {
            int branch = in.integer();
            if (branch < 0 || branch >= values.length) {
                throw new AvroBytes.Malformed("a union has no branch " + branch);
            }
            values[branch].read(in, into);
        };
    }

    private static AvroValue member(Schema branch, DataType.Struct type, int number) {
        AvroValue value = of(branch, type.fields().type(number));
        return (in, into) -> {
            var struct = (StructVector) into;
            for (int i = 0; i < struct.children.length; i++) {
                if (i == number) {
                    value.read(in, struct.children[i]);
                } else {
                    struct.children[i].appendValue(null);
                }
            }
            struct.appendRow(true);
        };
    }
}
