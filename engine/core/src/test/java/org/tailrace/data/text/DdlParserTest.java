package org.tailrace.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;

class DdlParserTest {

    @Test
    void reads_names_types_and_nullability() {
        assertEquals(
                Schema.of(
                        new Field("id", DataType.STRING),
                        new Field("ts", DataType.TIMESTAMP, false),
                        new Field("odd name", new DataType.Decimal(12, 2))),
                DdlParser.schema("id STRING, ts timestamp NOT NULL, `odd name`: decimal(12, 2) comment 'x, y'"));
    }

    @Test
    void reads_nested_types_with_closing_brackets_together() {
        DataType type = DdlParser.type("map<string,array<struct<a:int,`b c`:array<double>>>>");
        assertEquals("map<string,array<struct<a:int,`b c`:array<double>>>>", type.ddl());
    }

    @Test
    void reads_every_name_of_a_type() {
        assertEquals(
                "boolean tinyint smallint int bigint float double decimal(10,0) string date timestamp timestamp_ntz "
                        + "binary interval day to second interval month void",
                String.join(
                        " ",
                        DdlParser.schema("a boolean, b byte, c short, d integer, e long, f real, g double, h numeric, "
                                        + "i varchar(9), j date, k timestamp_ltz, l timestamp_ntz, m binary, "
                                        + "n interval day to second, o interval month, p void")
                                .fields()
                                .stream()
                                .map(f -> f.type().ddl())
                                .toList()));
    }

    @Test
    void a_schema_prints_to_a_text_that_reads_back() {
        Schema schema = DdlParser.schema("a int, `b-c` struct<x:int,y:array<string>>, d interval year to month");
        assertEquals(schema, DdlParser.schema(schema.toString()));
    }

    @Test
    void a_misspelt_type_is_marked_and_the_nearest_is_named() {
        var e = assertThrows(PlanException.class, () -> DdlParser.schema("json", "id strnig, ts timestamp"));
        assertEquals("""
                TR-106 no type 'strnig'
                  in    json("id strnig, ts timestamp")
                                 ^^^^^^
                  fix   did you mean 'string'?""", e.getMessage());
    }

    @Test
    void a_missing_type_is_marked_where_it_is_missing() {
        var e = assertThrows(PlanException.class, () -> DdlParser.schema("id, ts timestamp"));
        assertEquals("TR-106", e.code());
        assertEquals(2, e.place().orElseThrow().start());
        assertThrows(PlanException.class, () -> DdlParser.schema("id int ts timestamp"));
        assertThrows(PlanException.class, () -> DdlParser.schema(""));
        assertThrows(PlanException.class, () -> DdlParser.schema("a decimal(39,1)"));
        assertThrows(PlanException.class, () -> DdlParser.schema("a array<int"));
    }
}
