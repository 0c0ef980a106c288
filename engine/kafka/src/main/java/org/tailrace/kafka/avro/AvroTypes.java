package org.tailrace.kafka.avro;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** Types of Avro's schemas, as Spark has them. */
final class AvroTypes {
    private AvroTypes() {}

    /** @throws PlanException TR-472 if it is no schema of a record that columns can hold */
    static Schema parse(String option, String json) {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(json);
        } catch (SchemaParseException | IllegalArgumentException e) {
            throw refused(option + " is no Avro schema", String.valueOf(e.getMessage()));
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw refused(
                    option + " is the schema of " + schema.getType().getName(),
                    "columns come from the fields of a record");
        }
        return schema;
    }

    static PlanException refused(String what, String why) {
        return new PlanException(Problem.of("TR-472", what)
                .because(why)
                .fix("give the schema that the records were written with, as JSON text"));
    }

    static org.tailrace.data.Schema columns(Schema record) {
        return fields(record, new HashSet<>());
    }

    private static org.tailrace.data.Schema fields(Schema record, Set<String> above) {
        if (!above.add(record.getFullName())) {
            throw refused("the Avro record " + record.getFullName() + " holds itself", "no column has such a type");
        }
        var fields = new ArrayList<Field>();
        for (Schema.Field field : record.getFields()) {
            fields.add(new Field(field.name(), type(field.schema(), above), true));
        }
        above.remove(record.getFullName());
        return new org.tailrace.data.Schema(fields);
    }

    private static DataType type(Schema schema, Set<String> above) {
        LogicalType logical = schema.getLogicalType();
        switch (schema.getType()) {
            case BOOLEAN:
                return DataType.BOOLEAN;
            case INT:
                return logical instanceof LogicalTypes.Date ? DataType.DATE : DataType.INT;
            case LONG:
                return ofLong(logical);
            case FLOAT:
                return DataType.FLOAT;
            case DOUBLE:
                return DataType.DOUBLE;
            case STRING:
            case ENUM:
                return DataType.STRING;
            case BYTES:
            case FIXED:
                return ofBytes(logical);
            case NULL:
                return DataType.VOID;
            case ARRAY:
                return new DataType.Array(type(schema.getElementType(), above), true);
            case MAP:
                return new DataType.Map(DataType.STRING, type(schema.getValueType(), above), true);
            case RECORD:
                return new DataType.Struct(fields(schema, above));
            default:
                return ofUnion(schema, above);
        }
    }

    private static DataType ofLong(LogicalType logical) {
        if (logical instanceof LogicalTypes.TimestampMillis || logical instanceof LogicalTypes.TimestampMicros) {
            return DataType.TIMESTAMP;
        } else if (logical instanceof LogicalTypes.LocalTimestampMillis
                || logical instanceof LogicalTypes.LocalTimestampMicros) {
            return DataType.TIMESTAMP_NTZ;
        }
        return DataType.BIGINT;
    }

    private static DataType ofBytes(LogicalType logical) {
        if (!(logical instanceof LogicalTypes.Decimal decimal)) {
            return DataType.BINARY;
        }
        if (decimal.getPrecision() > DataType.Decimal.MAX_PRECISION) {
            throw refused(
                    "a decimal of " + decimal.getPrecision() + " digits",
                    "columns hold at most " + DataType.Decimal.MAX_PRECISION);
        }
        return new DataType.Decimal(decimal.getPrecision(), decimal.getScale());
    }

    /** The branches that are not null. */
    static List<Schema> branches(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
    }

    /** One type and null is that type; numbers are the wider one; others a struct with one of {@code member0, …} set. */
    private static DataType ofUnion(Schema union, Set<String> above) {
        List<Schema> branches = branches(union);
        if (branches.isEmpty()) {
            return DataType.VOID;
        } else if (branches.size() == 1) {
            return type(branches.get(0), above);
        }
        Set<DataType> types = new HashSet<>();
        branches.forEach(branch -> types.add(type(branch, above)));
        if (types.equals(Set.of(DataType.INT, DataType.BIGINT))) {
            return DataType.BIGINT;
        } else if (types.equals(Set.of(DataType.FLOAT, DataType.DOUBLE))) {
            return DataType.DOUBLE;
        }
        var members = new ArrayList<Field>();
        for (int i = 0; i < branches.size(); i++) {
            members.add(new Field("member" + i, type(branches.get(i), above), true));
        }
        return new DataType.Struct(new org.tailrace.data.Schema(members));
    }
}
