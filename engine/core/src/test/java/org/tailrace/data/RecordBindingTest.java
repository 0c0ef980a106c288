package org.tailrace.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailrace.error.PlanException;

class RecordBindingTest {
    record Trade(String symbol, double price, long qty, Instant ts) {}

    record Point(int x, Integer y) {}

    record Path(List<String> names, Point start, Map<String, Long> counts, BigDecimal length) {}

    record Odd(Thread thread) {}

    @Test
    void components_become_columns_of_their_names_and_types() {
        Schema schema = RecordBinding.of(Trade.class).schema();
        assertEquals("symbol string, price double, qty bigint, ts timestamp", schema.toString());
        assertTrue(schema.field(0).nullable());
        assertTrue(!schema.field(1).nullable());
    }

    @Test
    void a_record_becomes_a_row_and_back() {
        var binding = RecordBinding.of(Path.class);
        var path = new Path(List.of("a", "b"), new Point(1, null), Map.of("k", 2L), new BigDecimal("1.5"));
        assertEquals(path, binding.record(binding.row(path)));
    }

    @Test
    void rows_of_another_order_are_matched_by_name() {
        var rows = Schema.of(
                new Field("QTY", DataType.INT),
                new Field("ts", DataType.TIMESTAMP),
                new Field("price", DataType.DOUBLE),
                new Field("symbol", DataType.STRING));
        var binding = RecordBinding.of(Trade.class, rows);
        Trade trade = binding.record(new Row(rows, List.of(7, Instant.EPOCH, 2.5, "ACME")));
        assertEquals(new Trade("ACME", 2.5, 7, Instant.EPOCH), trade);
    }

    @Test
    void a_missing_column_a_wrong_type_and_an_odd_class_are_refused_by_code() {
        var rows = Schema.of(new Field("x", DataType.INT));
        assertEquals(
                "TR-101",
                assertThrows(PlanException.class, () -> RecordBinding.of(Point.class, rows))
                        .code());
        var wide = Schema.of(new Field("x", DataType.BIGINT), new Field("y", DataType.INT));
        assertEquals(
                "TR-102",
                assertThrows(PlanException.class, () -> RecordBinding.of(Point.class, wide))
                        .code());
        assertEquals(
                "TR-154",
                assertThrows(PlanException.class, () -> RecordBinding.of(Odd.class))
                        .code());
        assertEquals(
                "TR-154",
                assertThrows(PlanException.class, () -> RecordBinding.of(String.class))
                        .code());
    }

    @Test
    void null_for_a_primitive_says_which_column() {
        var binding = RecordBinding.of(Point.class);
        var row = new Row(binding.schema(), Arrays.asList(null, 1));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> binding.record(row))
                .getMessage()
                .contains("'x'"));
    }
}
