package org.tailrace.bench.hand;

import java.util.Arrays;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Events;

/** The ten dearest bids of each auction by hand: ten places each, kept in order by shifting. */
final class HandTop {
    private static final int TEN = 10;

    private final Events in;

    HandTop(Events in) {
        this.in = in;
    }

    void ten(Answer out) {
        var index = new LongIds(1 << 16);
        long[] prices = new long[TEN << 16];
        int[] rows = new int[TEN << 16];
        for (int i = 0; i < in.bids; i++) {
            int first = index.id(in.bidAuction[i]) * TEN;
            if (first >= prices.length) {
                prices = Arrays.copyOf(prices, first * 2);
                rows = Arrays.copyOf(rows, first * 2);
            }
            long price = in.price[i];
            int at = first + TEN - 1;
            if (price > prices[at]) {
                for (; at > first && price > prices[at - 1]; at--) {
                    prices[at] = prices[at - 1];
                    rows[at] = rows[at - 1];
                }
                prices[at] = price;
                rows[at] = i;
            }
        }
        int[] places = new int[index.size * TEN];
        int found = 0;
        for (int place = 0; place < places.length; place++) {
            places[found] = place;
            found += prices[place] > 0 ? 1 : 0;
        }
        int[] bids = rows;
        out.take(
                found,
                found,
                row -> index.keys[places[row] / TEN],
                row -> places[row] % TEN + 1,
                row -> in.bidder[bids[places[row]]],
                row -> in.price[bids[places[row]]],
                row -> in.bidTime[bids[places[row]]]);
    }
}
