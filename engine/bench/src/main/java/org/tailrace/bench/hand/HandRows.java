package org.tailrace.bench.hand;

import static org.tailrace.bench.contest.Answer.of;

import java.util.Arrays;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Events;

/** Loops by hand for the queries that look at one row at a time and for the last of each: blocks of 8,192 rows into reused arrays. */
final class HandRows {
    private static final int BLOCK = 8192;

    private final Events in;
    private final long[] longs1 = new long[BLOCK];
    private final long[] longs2 = new long[BLOCK];
    private final long[] longs3 = new long[BLOCK];
    private final long[] longs4 = new long[BLOCK];
    private final int[] ints1 = new int[BLOCK];
    private final int[] ints2 = new int[BLOCK];

    HandRows(Events in) {
        this.in = in;
    }

    void pass(Answer out) {
        for (int at = 0; at < in.bids; at += BLOCK) {
            int n = Math.min(BLOCK, in.bids - at);
            System.arraycopy(in.bidAuction, at, longs1, 0, n);
            System.arraycopy(in.bidder, at, longs2, 0, n);
            System.arraycopy(in.price, at, longs3, 0, n);
            System.arraycopy(in.bidTime, at, longs4, 0, n);
            System.arraycopy(in.extra, at, ints1, 0, n);
            out.take(n, longs3[n - 1], of(longs1), of(longs2), of(longs3), of(longs4), of(ints1, in.extras));
        }
    }

    void map(Answer out) {
        for (int at = 0; at < in.bids; at += BLOCK) {
            int n = Math.min(BLOCK, in.bids - at);
            System.arraycopy(in.bidAuction, at, longs1, 0, n);
            System.arraycopy(in.bidder, at, longs2, 0, n);
            for (int i = 0; i < n; i++) {
                longs3[i] = in.price[at + i] * 908;
            }
            System.arraycopy(in.bidTime, at, longs4, 0, n);
            System.arraycopy(in.extra, at, ints2, 0, n);
            out.take(n, longs3[n - 1], of(longs1), of(longs2), of(longs3), of(longs4), of(ints2, in.extras));
        }
    }

    void filter(Answer out) {
        for (int at = 0; at < in.bids; at += BLOCK) {
            int n = Math.min(BLOCK, in.bids - at);
            int found = 0;
            for (int i = 0; i < n; i++) {
                ints1[found] = at + i;
                found += in.bidAuction[at + i] % 123 == 0 ? 1 : 0;
            }
            for (int i = 0; i < found; i++) {
                longs1[i] = in.bidAuction[ints1[i]];
                longs2[i] = in.price[ints1[i]];
            }
            out.take(found, found, of(longs1), of(longs2));
        }
    }

    /** The newest bid of each bidder for each auction, of which there are two for five bids. */
    void last(Answer out) {
        var index = new LongIds(in.bids * 2 / 5);
        int[] newest = new int[index.keys.length];
        for (int i = 0; i < in.bids; i++) {
            int id = index.id(in.bidder[i] << 32 | in.bidAuction[i]);
            if (id >= newest.length) {
                newest = Arrays.copyOf(newest, id * 2);
            }
            newest[id] = i;
        }
        int[] row = newest;
        long sum = 0;
        for (int id = 0; id < index.size; id++) {
            sum += in.price[row[id]];
        }
        out.take(
                index.size,
                sum,
                id -> in.bidder[row[id]],
                id -> in.bidAuction[row[id]],
                id -> in.price[row[id]],
                id -> in.channels.values[in.channel[row[id]]],
                id -> in.urls.values[in.channel[row[id]]],
                id -> in.bidTime[row[id]],
                id -> in.extras.values[in.extra[row[id]]]);
    }
}
