package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.VectorBatch;

class WatermarkOpTest {

    /** Points, least and greatest time that are noted of these times, in vectors of {@code size}. */
    private static List<Object> noted(long[] times, int size) throws Exception {
        var noted = new EventTimes("e", 0);
        noted.begin(new BatchContext(0, 1_000_000, 7, 0, 0, false));
        var op = new WatermarkOp(noted, 0, -1);
        for (int from = 0; from < times.length; from += size) {
            int to = Math.min(times.length, from + size);
            var vector = new LongVector(DataType.TIMESTAMP);
            for (int i = from; i < to; i++) {
                vector.append(times[i], true);
            }
            var rows = new VectorBatch(vector);
            rows.size = to - from;
            op.apply(rows, passed -> assertEquals(rows, passed));
            assertTrue(vector.bounded);
            assertEquals(Arrays.stream(times, from, to).min().orElseThrow(), vector.least);
            assertEquals(Arrays.stream(times, from, to).max().orElseThrow(), vector.greatest);
        }
        return List.of(noted.points(), noted.minMs(), noted.maxMs());
    }

    @Test
    void sorted_times_and_the_same_ones_in_any_order_leave_the_same_facts() throws Exception {
        var random = new Random(5);
        for (int round = 0; round < 60; round++) {
            long[] times = new long[1 + random.nextInt(3000)];
            long time = random.nextInt(3) == 0 ? -50_000_000 : 0;
            int steady = random.nextInt(40);
            for (int i = 0; i < times.length; i++) {
                times[i] = time;
                boolean next = steady > 0 ? i % steady == 0 : random.nextInt(20) == 0;
                time += next ? 1000L * random.nextInt(200) : 0;
            }
            List<Object> sorted = noted(times, 512);
            for (int i = times.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                long swap = times[i];
                times[i] = times[other];
                times[other] = swap;
            }
            assertEquals(sorted, noted(times, 512), "round " + round);
        }
    }

    @Test
    void the_ends_of_time_are_not_taken_for_sorted() throws Exception {
        noted(new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 5, Long.MAX_VALUE, -1}, 8);
        noted(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 8);
    }
}
