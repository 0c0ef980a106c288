package org.tailrace.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedColumnsTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("b", DataType.BOOLEAN, true),
            new Field("i", DataType.INT, true),
            new Field("l", DataType.BIGINT, true),
            new Field("d", DataType.DOUBLE, true),
            new Field("few", DataType.STRING, true),
            new Field("many", DataType.STRING, true),
            new Field("wide", new DataType.Decimal(30, 2), true),
            new Field("list", new DataType.Array(DataType.INT, true), true),
            new Field(
                    "struct",
                    new DataType.Struct(
                            Schema.of(new Field("x", DataType.BIGINT, true), new Field("y", DataType.STRING, true))),
                    true));

    private static Batch rows(Random random, int count) {
        var builder = new BatchBuilder(SCHEMA);
        for (int i = 0; i < count; i++) {
            List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                    random.nextBoolean(),
                    i,
                    (long) i * 7,
                    i / 2.0,
                    "value " + random.nextInt(3),
                    "text " + i,
                    java.math.BigDecimal.valueOf(i, 2),
                    List.of(i, i + 1),
                    new Row(((DataType.Struct) SCHEMA.type(8)).fields(), Arrays.asList((long) i, "y" + i))));
            if (random.nextInt(3) == 0) {
                row.set(random.nextInt(row.size()), null);
            }
            builder.addRow(row);
        }
        return builder.build();
    }

    @Test
    void a_part_of_a_part_has_the_rows_of_the_whole() {
        var random = new Random(8);
        Batch all = rows(random, 300);
        VectorBatch view = VectorBatch.create(SCHEMA);
        for (int round = 0; round < 50; round++) {
            int from = random.nextInt(200);
            view.view(all, from, 100);
            Batch part = view.shareBatch(SCHEMA);
            int inner = random.nextInt(60);
            view.view(part, inner, 40);
            Batch partOfPart = view.shareBatch(SCHEMA);
            List<Row> expected = all.rows().subList(from + inner, from + inner + 40);
            assertEquals(expected, partOfPart.rows());
            assertEquals(expected, partOfPart.compact().rows());
            assertEquals(expected, view.toBatch(SCHEMA).rows());
        }
    }

    @Test
    void a_part_shares_the_arrays_until_it_is_made_compact() {
        Batch all = rows(new Random(9), 100);
        VectorBatch view = VectorBatch.create(SCHEMA);
        view.view(all, 10, 20);
        Batch part = view.shareBatch(SCHEMA);
        long[] values = ((LongColumn) all.column(2)).values;
        assertSame(values, ((LongColumn) part.column(2)).values);
        assertNotSame(values, ((LongColumn) part.compact().column(2)).values);
        assertEquals(20, ((LongColumn) part.compact().column(2)).values.length);
        assertSame(all.column(2), all.compact().column(2));
    }
}
