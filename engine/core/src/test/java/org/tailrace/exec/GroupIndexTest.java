package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

class GroupIndexTest {

    private static Vector vector(DataType type, Object... values) {
        Vector vector = Vector.create(type);
        vector.prepare(0);
        Arrays.stream(values).forEach(vector::appendValue);
        return vector;
    }

    private static int[] add(GroupIndex index, int count, Vector... keys) {
        int[] groups = new int[count];
        index.add(keys, count, groups);
        return groups;
    }

    @Test
    void nans_are_one_group_and_so_are_the_zeros_and_the_nulls() {
        var index = new GroupIndex(List.of(DataType.DOUBLE));
        Vector keys = vector(
                DataType.DOUBLE, 0.0, -0.0, Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L), null, null);
        assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, add(index, 6, keys));
    }

    @Test
    void a_null_and_a_zero_are_different_groups() {
        var index = new GroupIndex(List.of(DataType.BIGINT));
        assertArrayEquals(new int[] {0, 1, 0, 1}, add(index, 4, vector(DataType.BIGINT, null, 0L, null, 0L)));
        var text = new GroupIndex(List.of(DataType.STRING));
        assertArrayEquals(new int[] {0, 1, 2, 0}, add(text, 4, vector(DataType.STRING, "a", "", null, "a")));
    }

    @Test
    void a_removed_key_comes_back_with_a_new_id() {
        for (DataType type : List.of(DataType.BIGINT, DataType.STRING)) {
            Function<Integer, Object> value = i -> type == DataType.BIGINT ? (Object) (long) i : "k" + i;
            var index = new GroupIndex(List.of(type));
            add(index, 3, vector(type, value.apply(1), value.apply(2), null));
            index.remove(new int[] {0, 2}, 2);
            assertEquals(1, index.liveSize());
            assertArrayEquals(new int[] {3, 1, 4}, add(index, 3, vector(type, value.apply(1), value.apply(2), null)));
        }
    }

    @Test
    void find_adds_nothing() {
        var index = new GroupIndex(List.of(DataType.STRING, DataType.INT));
        add(index, 1, vector(DataType.STRING, "a"), vector(DataType.INT, 1));
        int[] groups = new int[3];
        index.find(new Vector[] {vector(DataType.STRING, "a", "b", "a"), vector(DataType.INT, 1, 1, 2)}, 3, groups);
        assertArrayEquals(new int[] {0, -1, -1}, groups);
        assertEquals(1, index.size());
    }

    @Test
    void numbers_that_are_not_small_any_more_keep_the_ids_of_those_before() {
        for (long large : new long[] {-1, 1L << 31, Long.MIN_VALUE}) {
            var index = new GroupIndex(List.of(DataType.BIGINT, DataType.BIGINT));
            add(index, 3, vector(DataType.BIGINT, 1L, 2L, null), vector(DataType.BIGINT, 5L, null, 7L));
            index.remove(new int[] {0}, 1);
            int[] found = new int[1];
            index.find(new Vector[] {vector(DataType.BIGINT, 2L), vector(DataType.BIGINT, large)}, 1, found);
            assertEquals(-1, found[0]);
            assertArrayEquals(
                    new int[] {1, 3, 2, 4, 3},
                    add(
                            index,
                            5,
                            vector(DataType.BIGINT, 2L, 1L, null, large, 1L),
                            vector(DataType.BIGINT, null, 5L, 7L, 2L, 5L)));
            Vector[] keys = {vector(DataType.BIGINT), vector(DataType.BIGINT)};
            index.keys(new int[] {1, 2, 4}, 3, keys);
            assertEquals(Arrays.asList(2L, null, large), Arrays.asList(keys[0].get(0), keys[0].get(1), keys[0].get(2)));
            assertEquals(Arrays.asList(null, 7L, 2L), Arrays.asList(keys[1].get(0), keys[1].get(1), keys[1].get(2)));
        }
    }

    /** Random keys of many shapes, with deletions and truncations, against a hash map of values. */
    @Test
    void ids_follow_first_sight_whatever_the_types_of_the_keys() {
        DataType struct = new DataType.Struct(
                Schema.of(new Field("a", DataType.INT, true), new Field("b", DataType.STRING, true)));
        DataType deep =
                new DataType.Struct(Schema.of(new Field("in", struct, true), new Field("c", DataType.TIMESTAMP, true)));
        List<List<DataType>> shapes = List.of(
                List.of(DataType.BIGINT),
                List.of(DataType.INT),
                List.of(DataType.STRING),
                List.of(DataType.BOOLEAN, DataType.TINYINT),
                List.of(DataType.INT, DataType.STRING),
                List.of(DataType.STRING, DataType.STRING),
                List.of(DataType.BIGINT, DataType.INT),
                List.of(DataType.TIMESTAMP, DataType.STRING, DataType.DOUBLE),
                List.of(new DataType.Decimal(30, 2)),
                List.of(struct, DataType.INT),
                List.of(struct),
                List.of(DataType.BIGINT, DataType.TIMESTAMP, DataType.STRING, DataType.BIGINT, DataType.BIGINT),
                List.of(DataType.SMALLINT, deep, DataType.BIGINT));
        var random = new Random(5);
        for (List<DataType> shape : shapes) {
            check(shape, random);
        }
    }

    private static void check(List<DataType> shape, Random random) {
        var index = new GroupIndex(shape);
        Map<List<Object>, Integer> expected = new HashMap<>();
        List<List<Object>> byId = new ArrayList<>();
        var fields = new ArrayList<Field>();
        for (int i = 0; i < shape.size(); i++) {
            fields.add(new Field("c" + i, shape.get(i), true));
        }
        var schema = new Schema(fields);
        for (int round = 0; round < 60; round++) {
            int count = 1 + random.nextInt(200);
            var builder = new BatchBuilder(schema);
            var rows = new ArrayList<List<Object>>();
            for (int i = 0; i < count; i++) {
                var row = new ArrayList<Object>();
                shape.forEach(type -> row.add(value(type, random)));
                rows.add(row);
                builder.addRow(row);
            }
            VectorBatch batch = VectorBatch.create(schema);
            batch.view(builder.build(), 0, count);
            int sizeBefore = index.size();
            int[] groups = add(index, count, batch.columns);
            for (int i = 0; i < count; i++) {
                Integer id = expected.get(rows.get(i));
                if (id == null) {
                    id = byId.size();
                    expected.put(rows.get(i), id);
                    byId.add(rows.get(i));
                }
                assertEquals(id, groups[i], shape + " " + rows.get(i));
            }
            if (random.nextInt(4) == 0) {
                index.truncate(sizeBefore);
                while (byId.size() > sizeBefore) {
                    expected.remove(byId.remove(byId.size() - 1), byId.size());
                }
            } else if (random.nextInt(3) == 0) {
                int gone = random.nextInt(index.size());
                if (index.live(gone)) {
                    index.remove(new int[] {gone}, 1);
                    expected.remove(byId.get(gone));
                }
            }
            assertEquals(expected.size(), index.liveSize());
        }
        int[] all = expected.values().stream().mapToInt(i -> i).toArray();
        VectorBatch keys = VectorBatch.create(schema);
        index.keys(all, all.length, keys.columns);
        for (int i = 0; i < all.length; i++) {
            var row = new ArrayList<Object>();
            for (Vector column : keys.columns) {
                row.add(column.get(i));
            }
            assertEquals(byId.get(all[i]), row);
        }
    }

    private static Object value(DataType type, Random random) {
        if (random.nextInt(20) == 0) {
            return null;
        }
        int number = random.nextInt(40) - 20;
        if (type == DataType.BIGINT) {
            return (long) number << random.nextInt(50);
        } else if (type == DataType.INT) {
            return number;
        } else if (type == DataType.SMALLINT) {
            return (short) (number * 1000);
        } else if (type == DataType.TINYINT) {
            return (byte) number;
        } else if (type == DataType.BOOLEAN) {
            return number > 0;
        } else if (type == DataType.STRING) {
            return "s" + number;
        } else if (type == DataType.DOUBLE) {
            return number / 4.0;
        } else if (type == DataType.TIMESTAMP) {
            return java.time.Instant.ofEpochSecond(number);
        } else if (type instanceof DataType.Decimal) {
            return new java.math.BigDecimal(java.math.BigInteger.valueOf(number).shiftLeft(66), 2);
        }
        Schema fields = ((DataType.Struct) type).fields();
        return new Row(
                fields,
                Arrays.asList(value(fields.type(0), random), number % 3 == 0 ? null : value(fields.type(1), random)));
    }
}
