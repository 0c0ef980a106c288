package org.tailrace.bench.peers.jet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Counts and distinct counts by price of one group. */
final class Distinct implements Serializable {
    private static final long serialVersionUID = 1;

    private final long[] counts = new long[4];
    private final List<Set<Long>> seen = new ArrayList<>();
    private long newest;

    Distinct() {
        for (int i = 0; i < 8; i++) {
            seen.add(new HashSet<>());
        }
    }

    Distinct add(int bid) {
        long price = Pipelines.price(bid);
        int range = price < 10_000 ? 1 : price < 1_000_000 ? 2 : 3;
        counts[0]++;
        counts[range]++;
        seen.get(0).add(Pipelines.bidder(bid));
        seen.get(range).add(Pipelines.bidder(bid));
        seen.get(4).add(Pipelines.auction(bid));
        seen.get(4 + range).add(Pipelines.auction(bid));
        newest = Math.max(newest, Pipelines.time(bid));
        return this;
    }

    String minute() {
        long minutes = newest / 60_000_000 % 1440;
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }

    Object[] row(Object... key) {
        Object[] row = new Object[key.length + 12];
        System.arraycopy(key, 0, row, 0, key.length);
        for (int i = 0; i < 4; i++) {
            row[key.length + i] = counts[i];
        }
        for (int i = 0; i < 8; i++) {
            row[key.length + 4 + i] = seen.get(i).size();
        }
        return row;
    }
}
