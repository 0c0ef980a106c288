package org.tailrace.bench.hand;

import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Events;

/** What became of the auctions, by hand: the dearest bid while each was open. Reads all auctions before the bids. */
final class HandAuctions {
    private static final long TEN_SECONDS = 10_000_000L;
    private static final int CATEGORIES = 5;

    private final Events in;
    private final LongIds index;
    private final int[] rows;

    HandAuctions(Events in) {
        this.in = in;
        index = new LongIds(in.auctions);
        rows = new int[in.auctions];
        for (int i = 0; i < in.auctions; i++) {
            rows[index.id(in.auctionId[i])] = i;
        }
    }

    void means(Answer out) {
        long[] dearest = new long[in.auctions];
        for (int i = 0; i < in.bids; i++) {
            int id = index.find(in.bidAuction[i]);
            if (id >= 0 && in.price[i] > dearest[id]) {
                int auction = rows[id];
                if (in.bidTime[i] >= in.auctionTime[auction] && in.bidTime[i] <= in.expires[auction]) {
                    dearest[id] = in.price[i];
                }
            }
        }
        int windows = in.auctions == 0 ? 0 : window(in.auctionTime[in.auctions - 1]) + 1;
        long[] sums = new long[windows * CATEGORIES];
        int[] counts = new int[sums.length];
        for (int id = 0; id < in.auctions; id++) {
            if (dearest[id] > 0) {
                int auction = rows[id];
                int place = window(in.auctionTime[auction]) * CATEGORIES + (int) in.category[auction] - 10;
                sums[place] += dearest[id];
                counts[place]++;
            }
        }
        int[] places = new int[sums.length];
        int found = 0;
        for (int place = 0; place < sums.length; place++) {
            if (counts[place] > 0) {
                places[found++] = place;
            }
        }
        out.take(
                found,
                found,
                row -> Events.START_MICROS + places[row] / CATEGORIES * TEN_SECONDS,
                row -> 10 + places[row] % CATEGORIES,
                row -> (double) sums[places[row]] / counts[places[row]]);
    }

    private static int window(long micros) {
        return (int) ((micros - Events.START_MICROS) / TEN_SECONDS);
    }

    void winners(Answer out) {
        long[] dearest = new long[in.auctions];
        int[] bid = new int[in.auctions];
        for (int i = 0; i < in.bids; i++) {
            int id = index.find(in.bidAuction[i]);
            if (id >= 0 && in.price[i] > dearest[id]) {
                int auction = rows[id];
                if (in.bidTime[i] >= in.auctionTime[auction] && in.bidTime[i] <= in.expires[auction]) {
                    dearest[id] = in.price[i];
                    bid[id] = i;
                }
            }
        }
        int[] won = new int[in.auctions];
        int found = 0;
        for (int id = 0; id < in.auctions; id++) {
            won[found] = id;
            found += dearest[id] > 0 ? 1 : 0;
        }
        out.take(
                found,
                found,
                row -> in.auctionId[rows[won[row]]],
                row -> in.items.values[in.item[rows[won[row]]]],
                row -> in.seller[rows[won[row]]],
                row -> in.category[rows[won[row]]],
                row -> in.bidder[bid[won[row]]],
                row -> dearest[won[row]],
                row -> in.bidTime[bid[won[row]]]);
    }
}
