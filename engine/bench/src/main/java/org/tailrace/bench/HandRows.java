package org.tailrace.bench;

import static org.tailrace.bench.Answer.of;

import java.util.Arrays;

/** Loops by hand for the queries that look at one row at a time, and the join: blocks of 8,192 rows into reused arrays. */
final class HandRows {
    private static final int BLOCK = 8192;

    private final Events in;
    private final long[] longs1 = new long[BLOCK];
    private final long[] longs2 = new long[BLOCK];
    private final long[] longs3 = new long[BLOCK];
    private final long[] longs4 = new long[BLOCK];
    private final int[] ints1 = new int[BLOCK];
    private final int[] ints2 = new int[BLOCK];
    private final int[] ints3 = new int[BLOCK];

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
            System.arraycopy(in.channel, at, ints1, 0, n);
            System.arraycopy(in.url, at, ints2, 0, n);
            System.arraycopy(in.extra, at, ints3, 0, n);
            out.take(
                    n,
                    longs3[n - 1] + ints3[n - 1],
                    of(longs1),
                    of(longs2),
                    of(longs3),
                    of(ints1, in.channels),
                    of(ints2, in.urls),
                    of(longs4),
                    of(ints3, in.extras));
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
            System.arraycopy(in.extra, at, ints3, 0, n);
            out.take(n, longs3[n - 1], of(longs1), of(longs2), of(longs3), of(longs4), of(ints3, in.extras));
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

    /** Reads all auctions before the bids, which a stream cannot. */
    void join(Answer out) {
        var index = new LongIds(in.auctions / 4);
        int[] rows = new int[in.auctions];
        for (int i = 0; i < in.auctions; i++) {
            if (in.category[i] == 10) {
                rows[index.id(in.auctionId[i])] = i;
            }
        }
        int found = 0;
        for (int i = 0; i < in.bids; i++) {
            int id = index.find(in.bidAuction[i]);
            if (id >= 0) {
                ints1[found] = i;
                ints2[found++] = rows[id];
                if (found == BLOCK) {
                    joined(found, out);
                    found = 0;
                }
            }
        }
        joined(found, out);
    }

    private void joined(int found, Answer out) {
        int[] bid = ints1;
        int[] auction = ints2;
        out.take(
                found,
                found,
                row -> in.bidAuction[bid[row]],
                row -> in.bidder[bid[row]],
                row -> in.price[bid[row]],
                row -> in.bidTime[bid[row]],
                row -> in.items.values[in.item[auction[row]]],
                row -> in.seller[auction[row]],
                row -> in.initialBid[auction[row]]);
    }

    /** The newest bid of each bidder for each auction. */
    void last(Answer out) {
        var index = new LongIds(1 << 16);
        int[] newest = new int[1 << 16];
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
                id -> in.price[row[id]] + "|" + in.channels.values[in.channel[row[id]]] + "|"
                        + in.urls.values[in.url[row[id]]] + "|" + in.bidTime[row[id]] + "|"
                        + in.extras.values[in.extra[row[id]]] + "|");
    }
}
