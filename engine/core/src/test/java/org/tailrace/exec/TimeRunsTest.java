package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimeRunsTest {
    private static final long[] SPANS = {1, 50, 1_000_000, Long.MAX_VALUE};

    @Test
    void takes_out_just_what_is_due_whatever_the_order_of_arrival() {
        for (int seed = 0; seed < 400; seed++) {
            var random = new SplittableRandom(seed);
            var runs = new TimeRuns();
            var waiting = new ArrayList<long[]>();
            int next = 0;
            long span = SPANS[random.nextInt(SPANS.length)];
            for (int step = 0; step < 30; step++) {
                int count = random.nextInt(80);
                long[] times = new long[count + random.nextInt(3)];
                int[] rows = new int[times.length];
                for (int i = 0; i < count; i++) {
                    times[i] = span == Long.MAX_VALUE ? random.nextLong() : step * span / 3 + random.nextLong(span);
                    rows[i] = next++;
                    waiting.add(new long[] {times[i], rows[i]});
                }
                boolean sorted = random.nextBoolean();
                if (sorted) {
                    waiting.subList(waiting.size() - count, waiting.size()).clear();
                    Arrays.sort(times, 0, count);
                    for (int i = 0; i < count; i++) {
                        waiting.add(new long[] {times[i], rows[i]});
                    }
                }
                if (!sorted || !runs.addRange(times, 0, count, count == 0 ? 0 : rows[0])) {
                    runs.add(times, rows, count);
                }
                long limit = span == Long.MAX_VALUE ? random.nextLong() : step * span / 3;
                var due = new Ints();
                runs.take(limit, due);
                due.sort();
                List<Integer> expected = waiting.stream()
                        .filter(w -> w[0] <= limit)
                        .map(w -> (int) w[1])
                        .toList();
                waiting.removeIf(w -> w[0] <= limit);
                assertEquals(
                        expected, Arrays.stream(due.values, 0, due.size).boxed().toList(), "seed " + seed);
            }
        }
    }
}
