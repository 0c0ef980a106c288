package org.tailrace.bench.hand;

import static org.tailrace.bench.contest.Answer.of;

import java.time.LocalDate;
import java.util.Arrays;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Lines;

/** Loops by hand for the groups without windows. */
final class HandGroups {
    private static final long DAY = 86_400_000_000L;

    private final Events in;

    HandGroups(Events in) {
        this.in = in;
    }

    /** Eight aggregates of one group, in arrays. */
    private static final class Eight {
        int[] count;
        int[] low;
        int[] middle;
        int[] high;
        long[] min;
        long[] max;
        long[] sum;

        Eight(int expected) {
            count = new int[expected];
            low = new int[expected];
            middle = new int[expected];
            high = new int[expected];
            min = new long[expected];
            max = new long[expected];
            sum = new long[expected];
            Arrays.fill(min, Long.MAX_VALUE);
        }

        private void grow(int id) {
            int old = count.length;
            count = Arrays.copyOf(count, id * 2);
            low = Arrays.copyOf(low, id * 2);
            middle = Arrays.copyOf(middle, id * 2);
            high = Arrays.copyOf(high, id * 2);
            min = Arrays.copyOf(min, id * 2);
            Arrays.fill(min, old, id * 2, Long.MAX_VALUE);
            max = Arrays.copyOf(max, id * 2);
            sum = Arrays.copyOf(sum, id * 2);
        }

        void add(int id, long price) {
            if (id >= count.length) {
                grow(id);
            }
            count[id]++;
            if (price < 10_000) {
                low[id]++;
            } else if (price < 1_000_000) {
                middle[id]++;
            } else {
                high[id]++;
            }
            if (price < min[id]) {
                min[id] = price;
            }
            if (price > max[id]) {
                max[id] = price;
            }
            sum[id] += price;
        }
    }

    void eight(Answer out) {
        // An auction has fifteen bids, a day all of them.
        var index = new LongIds(in.bids / 9);
        var all = new Eight(index.keys.length);
        for (int i = 0; i < in.bids; i++) {
            long day = in.bidTime[i] / DAY;
            all.add(index.id(in.bidAuction[i] * 65_537 + day), in.price[i]);
        }
        long mark = 0;
        for (int id = 0; id < index.size; id++) {
            mark += all.max[id];
        }
        out.take(
                index.size,
                mark,
                id -> index.keys[id] / 65_537,
                id -> LocalDate.ofEpochDay(index.keys[id] % 65_537),
                of(all.count),
                of(all.low),
                of(all.middle),
                of(all.high),
                of(all.min),
                of(all.max),
                id -> (double) all.sum[id] / all.count[id],
                of(all.sum));
    }

    /** Counts words by the bytes of the lines. */
    static void words(Lines in, Answer out) {
        var words = new ByteWords(in.bytes);
        for (int line = 0; line < in.count; line++) {
            int end = in.offsets[line + 1];
            int from = in.offsets[line];
            int hash = 1;
            for (int i = from; i <= end; i++) {
                if (i == end || in.bytes[i] == ' ') {
                    words.add(from, i, hash);
                    from = i + 1;
                    hash = 1;
                } else {
                    hash = hash * 31 + in.bytes[i];
                }
            }
        }
        out.take(words.size, words.counts[0], words::word, of(words.counts));
    }
}
