package org.tailrace.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;

class BatchCodecTest {
    private static final Schema INNER = Schema.of(new Field("x", DataType.INT), new Field("y", DataType.STRING));
    private static final Schema ALL = Schema.of(
            new Field("flag", DataType.BOOLEAN),
            new Field("tiny", DataType.TINYINT),
            new Field("number", DataType.BIGINT),
            new Field("real", DataType.DOUBLE),
            new Field("small", new DataType.Decimal(9, 2)),
            new Field("large", new DataType.Decimal(38, 6)),
            new Field("text", DataType.STRING),
            new Field("raw", DataType.BINARY),
            new Field("day", DataType.DATE),
            new Field("ts", DataType.TIMESTAMP),
            new Field("span", DataType.DAY_TIME),
            new Field("months", DataType.YEAR_MONTH),
            new Field("list", new DataType.Array(DataType.STRING, true)),
            new Field("map", new DataType.Map(DataType.STRING, DataType.BIGINT, true)),
            new Field("struct", new DataType.Struct(INNER)));

    private static Row row(Random random) {
        List<Object> values = new ArrayList<>();
        values.add(random.nextBoolean());
        values.add((byte) random.nextInt());
        values.add(random.nextLong());
        values.add(random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian());
        values.add(BigDecimal.valueOf(random.nextInt(1_000_000), 2));
        values.add(
                new BigDecimal("-12345678901234567890123456.654321").multiply(BigDecimal.valueOf(random.nextInt(9))));
        values.add("ß€" + random.nextInt(5));
        values.add(new byte[] {(byte) random.nextInt(), 0});
        values.add(LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000));
        values.add(Instant.ofEpochSecond(random.nextInt(), 123_000));
        values.add(Duration.ofMillis(random.nextInt()));
        values.add(Period.ofMonths(random.nextInt(1000)).normalized());
        values.add(Arrays.asList("a", null, "c").subList(0, random.nextInt(4)));
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put("k" + i, (long) i);
        }
        values.add(map);
        values.add(new Row(INNER, Arrays.asList(random.nextInt(), random.nextBoolean() ? null : "y")));
        for (int i = 0; i < values.size(); i++) {
            if (random.nextInt(5) == 0) {
                values.set(i, null);
            }
        }
        return new Row(ALL, values);
    }

    private static void assertSame(Batch expected, Batch actual) {
        assertEquals(expected.size(), actual.size());
        for (int row = 0; row < expected.size(); row++) {
            for (int column = 0; column < ALL.size(); column++) {
                Object value = expected.get(row, column);
                if (value instanceof byte[] bytes) {
                    assertArrayEquals(bytes, (byte[]) actual.get(row, column));
                } else {
                    assertEquals(value, actual.get(row, column), ALL.name(column));
                }
            }
        }
    }

    @Test
    void batches_of_all_types_come_back_as_they_were() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var rows = new ArrayList<Row>();
            for (int i = random.nextInt(200); i > 0; i--) {
                rows.add(row(random));
            }
            Batch batch = Batch.of(ALL, rows);
            assertSame(batch, BatchCodec.decode(BatchCodec.encode(batch), ALL));
        }
    }

    @Test
    void a_part_of_a_batch_is_written_without_the_rest() throws IOException {
        var random = new Random(5);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 100; i++) {
            rows.add(row(random));
        }
        Batch batch = Batch.of(ALL, rows);
        VectorBatch view = VectorBatch.create(ALL);
        view.view(batch, 37, 21);
        assertSame(Batch.of(ALL, rows.subList(37, 58)), BatchCodec.decode(BatchCodec.encode(view.toBatch(ALL)), ALL));
    }

    @Test
    void bytes_that_end_too_early_are_an_io_error() {
        Batch batch = Batch.of(ALL, List.of(row(new Random(1)), row(new Random(2))));
        byte[] bytes = BatchCodec.encode(batch);
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThrows(IOException.class, () -> BatchCodec.decode(part, ALL));
        }
    }
}
