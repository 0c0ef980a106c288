package org.tailrace.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Row;

/** Between values and the cells of a recording. */
final class Cells {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Cells() {}

    static @Nullable Object value(DataType type, JsonNode cell) {
        if (cell.isNull()) {
            return null;
        }
        if (type instanceof DataType.Array array) {
            List<@Nullable Object> list = new ArrayList<>();
            cell.forEach(element -> list.add(value(array.element(), element)));
            return list;
        }
        if (type instanceof DataType.Map map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            cell.forEach(entry -> entries.put(value(map.key(), entry.get(0)), value(map.value(), entry.get(1))));
            return entries;
        }
        if (type instanceof DataType.Struct struct) {
            List<@Nullable Object> values = new ArrayList<>();
            struct.fields().fields().forEach(f -> values.add(value(f.type(), cell.path(f.name()))));
            return new Row(struct.fields(), values);
        }
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(cell.asText()).setScale(decimal.scale());
        }
        if (type instanceof DataType.DayTimeInterval) {
            return Duration.parse(cell.asText());
        }
        if (type instanceof DataType.YearMonthInterval) {
            return Period.parse(cell.asText());
        }
        switch ((DataType.Simple) type) {
            case BOOLEAN:
                return cell.asBoolean();
            case TINYINT:
                return (byte) cell.asInt();
            case SMALLINT:
                return (short) cell.asInt();
            case INT:
                return cell.asInt();
            case BIGINT:
                return cell.asLong();
            case FLOAT:
                return (float) number(cell);
            case DOUBLE:
                return number(cell);
            case BINARY:
                return HexFormat.of().parseHex(cell.asText().substring(2));
            case DATE:
                return LocalDate.parse(cell.asText());
            case TIMESTAMP:
                return Instant.parse(cell.asText());
            case TIMESTAMP_NTZ:
                return LocalDateTime.parse(cell.asText());
            default:
                return cell.asText();
        }
    }

    private static double number(JsonNode cell) {
        return cell.isTextual() ? Double.parseDouble(cell.asText()) : cell.asDouble();
    }

    static JsonNode cell(DataType type, @Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (type instanceof DataType.Array array) {
            ArrayNode list = NODES.arrayNode();
            ((List<?>) value).forEach(element -> list.add(cell(array.element(), element)));
            return list;
        }
        if (type instanceof DataType.Map map) {
            return entries(map, (Map<?, ?>) value);
        }
        if (type instanceof DataType.Struct struct) {
            var object = NODES.objectNode();
            for (int i = 0; i < struct.fields().size(); i++) {
                object.set(struct.fields().name(i), cell(struct.fields().type(i), ((Row) value).get(i)));
            }
            return object;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            boolean finite = !Double.isNaN(number) && !Double.isInfinite(number);
            if (finite && value instanceof Float single) {
                return NODES.numberNode(single.floatValue());
            }
            return finite ? NODES.numberNode(new BigDecimal(value.toString())) : NODES.textNode(value.toString());
        }
        if (value instanceof BigDecimal number) {
            return NODES.textNode(number.toPlainString());
        }
        if (value instanceof Number number) {
            return NODES.numberNode(BigInteger.valueOf(number.longValue()));
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof byte[] bytes) {
            return NODES.textNode("0x" + HexFormat.of().formatHex(bytes));
        }
        if (value instanceof LocalDateTime wall) {
            return NODES.textNode(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(wall));
        }
        return NODES.textNode(value.toString());
    }

    private static ArrayNode entries(DataType.Map type, Map<?, ?> value) {
        var pairs = new ArrayList<JsonNode>();
        value.forEach(
                (k, v) -> pairs.add(NODES.arrayNode().add(cell(type.key(), k)).add(cell(type.value(), v))));
        pairs.sort(Comparator.comparing(pair -> pair.get(0).toString()));
        return NODES.arrayNode().addAll(pairs);
    }

    /**
     * By how much numbers with a fraction may differ.
     *
     * @param relative to the larger one
     * @param absolute also of numbers near zero
     */
    record Tolerance(double relative, double absolute) {
        boolean allows(double a, double b) {
            return Math.abs(a - b) <= Math.max(absolute, relative * Math.max(Math.abs(a), Math.abs(b)));
        }
    }

    /** Whether two cells are the same; numbers with a fraction may differ by the tolerance. */
    static boolean same(JsonNode left, JsonNode right, Tolerance tolerance) {
        if (left.isNumber() && right.isNumber()) {
            if (left.isIntegralNumber() && right.isIntegralNumber()) {
                return left.bigIntegerValue().equals(right.bigIntegerValue());
            }
            double a = left.asDouble();
            double b = right.asDouble();
            if ((left.isFloat() || right.isFloat()) && (float) a == (float) b) {
                // A float has several texts, and a newer Java writes a shorter one than that which was recorded.
                return true;
            }
            return a == b || tolerance.allows(a, b);
        }
        if (left.isArray() && right.isArray() || left.isObject() && right.isObject()) {
            if (left.size() != right.size()) {
                return false;
            }
            if (left.isArray()) {
                for (int i = 0; i < left.size(); i++) {
                    if (!same(left.get(i), right.get(i), tolerance)) {
                        return false;
                    }
                }
                return true;
            }
            for (var fields = left.fieldNames(); fields.hasNext(); ) {
                String name = fields.next();
                if (!right.has(name) || !same(left.get(name), right.get(name), tolerance)) {
                    return false;
                }
            }
            return true;
        }
        return left.equals(right);
    }

    /** Whether two lists of rows are the same: in order, or as multisets. */
    static boolean sameRows(JsonNode expected, List<JsonNode> actual, boolean ordered, Tolerance tolerance) {
        if (expected.size() != actual.size()) {
            return false;
        }
        var left = new ArrayList<>(actual);
        for (JsonNode row : expected) {
            int at = -1;
            for (int i = 0; i < (ordered ? 1 : left.size()) && at < 0; i++) {
                at = same(row, left.get(i), tolerance) ? i : -1;
            }
            if (at < 0) {
                return false;
            }
            left.remove(at);
        }
        return true;
    }
}
