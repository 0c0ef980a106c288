package org.tailrace.bench.ours;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;

/**
 * The fixed cost of a micro-batch: batches of one row through a windowed count with state, in memory. From {@code step()}
 * to its reports, so with the hand-over to the query's thread and back; prints microseconds.
 */
final class OneRow {
    private static final int WARM = 20_000;
    private static final int BATCHES = 20_000;

    private OneRow() {}

    public static void main(String[] args) throws InterruptedException {
        Data data = Data.of(Query.Q12, 50, 100, 50);
        var feed = new Feed(Query.Q12, data, false);
        List<Row> bids = feed.streams.get("bid").get(0).rows();
        long[] took = new long[BATCHES];
        try (var engine = new Run(Query.Q12, 100, feed, false)) {
            for (int i = 0; i < WARM + BATCHES; i++) {
                Row bid = bids.get(i % bids.size());
                Batch one = Batch.of(bid.schema(), List.of(bid));
                long start = System.nanoTime();
                engine.step("bid", one);
                if (i >= WARM) {
                    took[i - WARM] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "one row: p50 %.1f us, p99 %.1f us, p99.9 %.1f us%n",
                took[BATCHES / 2] / 1e3,
                took[BATCHES * 99 / 100] / 1e3,
                took[BATCHES * 999 / 1000] / 1e3);
        System.exit(0);
    }
}
