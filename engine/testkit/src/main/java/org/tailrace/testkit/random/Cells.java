package org.tailrace.testkit.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Random cells of a type, among them NULL and the values at the edges. */
final class Cells {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] TEXTS = {
        "",
        "a",
        "Spark",
        " Spark SQL ",
        "straße",
        "abc,def",
        "2024-02-29",
        "12",
        "-3.5",
        "{\"a\":1,\"b\":[1,2]}",
        "true",
        "日本語",
        "😀x",
        "a.b*c",
        "NaN",
        "1e3",
        "2024-01-31 12:34:56",
        "x=1&y=2",
        "ÀÉ",
        "aaab",
        "%_",
        "0x1F",
        "P1D",
        "null",
        "\t\n",
        "I"
    };
    private static final String[] DATES = {
        "1970-01-01",
        "2024-02-29",
        "2023-12-31",
        "1969-12-31",
        "2000-01-01",
        "0001-01-01",
        "9999-12-31",
        "2016-07-30",
        "1582-10-04",
        "1582-10-15"
    };
    private static final String[] TIMES = {
        "1970-01-01T00:00:00", "2024-02-29T23:59:59.999999", "1969-12-31T23:59:59.5", "2016-07-30T04:17:52",
        "0001-01-01T00:00:00", "9999-12-31T23:59:59.999999", "2024-03-31T01:30:00", "2023-12-31T12:00:00.123"
    };

    private Cells() {}

    /** @param edges whether values at the edge of the type may come, which fail in much arithmetic */
    static JsonNode cell(String type, Draws draws, boolean edges) {
        if (draws.chance(0.15)) {
            return NODES.nullNode();
        }
        boolean edge = edges && draws.chance(0.3);
        switch (type) {
            case "boolean":
                return NODES.booleanNode(draws.chance(0.5));
            case "tinyint":
                return NODES.numberNode((long) (edge ? draws.of(-128, 127) : draws.between(-9, 20)));
            case "smallint":
                return NODES.numberNode((long) (edge ? draws.of(-32768, 32767) : draws.between(-50, 99)));
            case "int":
                return NODES.numberNode((long)
                        (edge ? draws.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 123456789) : draws.between(-3, 12)));
            case "bigint":
                return NODES.numberNode((long)
                        (edge
                                ? draws.of(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, 1700000000L)
                                : draws.between(-100, 1000)));
            case "float":
                return edge
                        ? NODES.textNode(draws.of("NaN", "Infinity", "-Infinity", "-0.0", "3.4E38"))
                        : NODES.numberNode(new BigDecimal(draws.of("0.1", "1.5", "-2.25", "0.0", "100.75")));
            case "double":
                return edge
                        ? NODES.textNode(draws.of("NaN", "Infinity", "-Infinity", "-0.0", "1.0E300", "1.0E-10"))
                        : NODES.numberNode(new BigDecimal(draws.of("0.1", "1.5", "-2.5", "0.0", "3.75", "123456.789")));
            case "string":
                return NODES.textNode(draws.of(TEXTS));
            case "binary":
                return NODES.textNode(draws.of("0x", "0x00ff", "0x537061726b", "0x80", "0xe697a5"));
            case "date":
                return NODES.textNode(edge ? draws.of(DATES) : "2024-0" + draws.between(1, 9) + "-1" + draws.below(9));
            case "timestamp":
                return NODES.textNode((edge ? draws.of(TIMES) : time(draws)) + "Z");
            case "timestamp_ntz":
                return NODES.textNode(edge ? draws.of(TIMES) : time(draws));
            case "interval day to second":
                return NODES.textNode(draws.of("PT0S", "PT1H", "PT-25H", "PT36H0.5S", "PT1M30.000001S"));
            case "interval year to month":
                return NODES.textNode(draws.of("P0D", "P1M", "P-1Y-2M", "P2Y"));
            default:
                return nested(type, draws, edges);
        }
    }

    private static String time(Draws draws) {
        return "2024-0" + draws.between(1, 9) + "-" + draws.between(10, 28) + "T"
                + draws.of("00:00:00", "12:30:15.25", "23:59:59");
    }

    private static JsonNode nested(String type, Draws draws, boolean edges) {
        if (type.startsWith("decimal(")) {
            String[] parts = type.substring(8, type.length() - 1).split(",");
            int scale = Integer.parseInt(parts[1]);
            int digits = Integer.parseInt(parts[0]) - scale;
            String whole = edges && draws.chance(0.3) ? "9".repeat(digits) : String.valueOf(draws.between(0, 9));
            BigDecimal value = new BigDecimal(whole + "."
                            + draws.of("0", "5", "25", "99", "123456").substring(0, 1))
                    .setScale(scale, java.math.RoundingMode.DOWN);
            return NODES.textNode((draws.chance(0.4) ? value.negate() : value).toPlainString());
        }
        var list = NODES.arrayNode();
        if (type.startsWith("array<")) {
            for (int i = draws.below(4); i > 0; i--) {
                list.add(cell(type.substring(6, type.length() - 1), draws, edges));
            }
            return list;
        }
        if (type.equals("map<string,int>")) {
            for (String key : new String[] {"a", "b", "Spark"}) {
                if (draws.chance(0.6)) {
                    list.add(NODES.arrayNode().add(key).add(cell("int", draws, edges)));
                }
            }
            return list;
        }
        if (type.equals("struct<a:int,b:string>")) {
            ObjectNode struct = NODES.objectNode();
            struct.set("a", cell("int", draws, edges));
            struct.set("b", cell("string", draws, edges));
            return struct;
        }
        throw new IllegalArgumentException(type);
    }
}
