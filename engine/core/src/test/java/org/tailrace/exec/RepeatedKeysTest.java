package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;

class RepeatedKeysTest {
    private static final List<DataType> TYPES = List.of(DataType.BIGINT, DataType.STRING, DataType.TIMESTAMP);
    private static final int ROWS = 900;

    /** The rows of one side of a join. */
    private static Vector[] side(Random random) {
        Vector[] columns = TYPES.stream().map(Vector::create).toArray(Vector[]::new);
        for (int i = 0; i < ROWS; i++) {
            for (Vector column : columns) {
                Object value = column.type == DataType.STRING
                        ? "s" + random.nextInt(5)
                        : column.type == DataType.BIGINT
                                ? (Object) (long) random.nextInt(9)
                                : java.time.Instant.ofEpochSecond(random.nextInt(20));
                column.appendValue(random.nextInt(15) == 0 ? null : value);
            }
        }
        return columns;
    }

    @Test
    void groups_are_those_of_looking_up_every_row() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            Vector[] side = side(random);
            var each = new GroupIndex(TYPES);
            var once = new GroupIndex(TYPES);
            Vector[] keys = TYPES.stream().map(Vector::create).toArray(Vector[]::new);
            RepeatedKeys repeated = null;
            for (int vector = 0; vector < 12; vector++) {
                int count = random.nextInt(700);
                int among = 1 + random.nextInt(ROWS);
                int[] origins = random.ints(count, 0, among).toArray();
                for (int k = 0; k < keys.length; k++) {
                    keys[k].gather(side[k], origins, count);
                    keys[k].origins = origins;
                }
                int[] expected = new int[count];
                each.add(keys, count, expected);
                if (repeated == null) {
                    repeated = new RepeatedKeys(keys);
                }
                assertSame(origins, RepeatedKeys.origins(keys));
                int[] groups = new int[count];
                boolean few = Arrays.stream(origins).distinct().count() <= count / 2;
                assertEquals(few, repeated.add(once, keys, origins, count, groups));
                if (!few) {
                    once.add(keys, count, groups);
                }
                assertArrayEquals(expected, groups, "seed " + seed);
            }
            assertEquals(each.size(), once.size());
        }
    }

    @Test
    void origins_count_only_where_all_keys_were_gathered_together() {
        Vector[] side = side(new Random(1));
        Vector[] keys = TYPES.stream().map(Vector::create).toArray(Vector[]::new);
        int[] origins = {3, 3, 3};
        for (int k = 0; k < keys.length; k++) {
            keys[k].gather(side[k], origins, 3);
            keys[k].origins = origins;
        }
        assertSame(origins, RepeatedKeys.origins(keys));
        assertNull(RepeatedKeys.origins(new Vector[] {keys[0]}));
        keys[1].gather(side[1], new int[] {3, 3, 4}, 3);
        assertNull(keys[1].origins);
        assertNull(RepeatedKeys.origins(keys));
        keys[1].origins = origins.clone();
        assertNull(RepeatedKeys.origins(keys));
        assertNull(RepeatedKeys.origins(new Vector[0]));
    }
}
