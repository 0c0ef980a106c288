package org.tailrace.bench.peers.jet;

import java.io.Serializable;

/** The eight aggregates of one group. */
final class Eight implements Serializable {
    private static final long serialVersionUID = 1;

    private long count;
    private long low;
    private long middle;
    private long high;
    private long min = Long.MAX_VALUE;
    private long max;
    private long sum;

    Eight add(long price) {
        count++;
        if (price < 10_000) {
            low++;
        } else if (price < 1_000_000) {
            middle++;
        } else {
            high++;
        }
        min = Math.min(min, price);
        max = Math.max(max, price);
        sum += price;
        return this;
    }

    Object[] row(long auction, String day) {
        return Pipelines.row(auction, day, count, low, middle, high, min, max, (double) sum / count, sum);
    }
}
