package org.tailrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Between Spark's values and the cells of a recording. */
final class SparkCells {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SparkCells() {}

    static StructType schema(JsonNode columns) {
        var ddl = new StringBuilder();
        for (JsonNode column : columns) {
            ddl.append(ddl.length() > 0 ? ", " : "")
                    .append('`')
                    .append(column.path("name").asText())
                    .append("` ")
                    .append(column.path("type").asText());
        }
        return StructType.fromDDL(ddl.toString());
    }

    static List<Row> rows(JsonNode rows, StructType schema) {
        var all = new ArrayList<Row>();
        for (JsonNode row : rows) {
            var values = new @Nullable Object[schema.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(row.path(i), schema.apply(i).dataType());
            }
            all.add(RowFactory.create(values));
        }
        return all;
    }

    private static @Nullable Object value(JsonNode cell, DataType type) {
        if (cell.isNull()) {
            return null;
        }
        if (type instanceof ArrayType array) {
            var list = new ArrayList<@Nullable Object>();
            cell.forEach(element -> list.add(value(element, array.elementType())));
            return CollectionConverters.asScala(list).toSeq();
        }
        if (type instanceof MapType map) {
            var entries = new LinkedHashMap<@Nullable Object, @Nullable Object>();
            cell.forEach(
                    entry -> entries.put(value(entry.path(0), map.keyType()), value(entry.path(1), map.valueType())));
            return CollectionConverters.asScala(entries);
        }
        if (type instanceof StructType struct) {
            var values = new @Nullable Object[struct.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        value(cell.path(struct.apply(i).name()), struct.apply(i).dataType());
            }
            return RowFactory.create(values);
        }
        if (type instanceof DecimalType) {
            return new BigDecimal(cell.asText());
        }
        if (type instanceof DayTimeIntervalType) {
            return Duration.parse(cell.asText());
        }
        if (type instanceof YearMonthIntervalType) {
            return Period.parse(cell.asText());
        }
        return simple(cell, type);
    }

    private static Object simple(JsonNode cell, DataType type) {
        String text = cell.asText();
        if (type.equals(DataTypes.BooleanType)) {
            return cell.asBoolean();
        } else if (type.equals(DataTypes.ByteType)) {
            return (byte) cell.asInt();
        } else if (type.equals(DataTypes.ShortType)) {
            return (short) cell.asInt();
        } else if (type.equals(DataTypes.IntegerType)) {
            return cell.asInt();
        } else if (type.equals(DataTypes.LongType)) {
            return cell.asLong();
        } else if (type.equals(DataTypes.FloatType)) {
            return Float.parseFloat(text);
        } else if (type.equals(DataTypes.DoubleType)) {
            return Double.parseDouble(text);
        } else if (type.equals(DataTypes.StringType)) {
            return text;
        } else if (type.equals(DataTypes.BinaryType)) {
            return HexFormat.of().parseHex(text.substring(2));
        } else if (type.equals(DataTypes.DateType)) {
            return LocalDate.parse(text);
        } else if (type.equals(DataTypes.TimestampType)) {
            return Instant.parse(text);
        } else if (type.equals(DataTypes.TimestampNTZType)) {
            return LocalDateTime.parse(text);
        }
        throw new IllegalArgumentException(type.toString());
    }

    static ArrayNode cells(List<Row> rows) {
        var all = NODES.arrayNode();
        for (Row row : rows) {
            var cells = all.addArray();
            for (int i = 0; i < row.size(); i++) {
                cells.add(cell(row.get(i)));
            }
        }
        return all;
    }

    private static JsonNode cell(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) || Double.isInfinite(number)
                    ? NODES.textNode(value.toString())
                    : NODES.numberNode(new BigDecimal(value.toString()));
        } else if (value instanceof BigDecimal number) {
            return NODES.textNode(number.toPlainString());
        } else if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        } else if (value instanceof byte[] bytes) {
            return NODES.textNode("0x" + HexFormat.of().formatHex(bytes));
        } else if (value instanceof LocalDateTime wall) {
            return NODES.textNode(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(wall));
        } else if (value instanceof Row row) {
            var struct = NODES.objectNode();
            for (int i = 0; i < row.size(); i++) {
                struct.set(row.schema().apply(i).name(), cell(row.get(i)));
            }
            return struct;
        } else if (value instanceof scala.collection.Map<?, ?> map) {
            var pairs = new ArrayList<JsonNode>();
            CollectionConverters.asJava(map)
                    .forEach((k, v) -> pairs.add(NODES.arrayNode().add(cell(k)).add(cell(v))));
            pairs.sort(Comparator.comparing(pair -> pair.get(0).toString()));
            return NODES.arrayNode().addAll(pairs);
        } else if (value instanceof scala.collection.Iterable<?> list) {
            var array = NODES.arrayNode();
            CollectionConverters.asJava(list).forEach(element -> array.add(cell(element)));
            return array;
        } else if (value instanceof Instant
                || value instanceof LocalDate
                || value instanceof String
                || value instanceof Duration
                || value instanceof Period) {
            return NODES.textNode(value.toString());
        }
        throw new IllegalArgumentException(value.getClass().toString());
    }
}
