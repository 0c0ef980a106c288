package org.tailrace.bench.peers.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import java.io.Serializable;

/** The ten dearest bids of one auction, the earlier first among equals. */
final class TopTen implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int TEN = 10;

    private final int[] bids = new int[TEN];
    private int size;

    /** @return the rows of the places that changed */
    Traverser<Object[]> add(int bid) {
        int at = size;
        while (at > 0 && before(bid, bids[at - 1])) {
            at--;
        }
        if (at == TEN) {
            return Traversers.empty();
        }
        size = Math.min(size + 1, TEN);
        System.arraycopy(bids, at, bids, at + 1, size - at - 1);
        bids[at] = bid;
        Object[][] changed = new Object[size - at][];
        for (int i = at; i < size; i++) {
            int one = bids[i];
            changed[i - at] = Pipelines.row(
                    Pipelines.auction(one), i + 1, Pipelines.bidder(one), Pipelines.price(one), Pipelines.time(one));
        }
        return Traversers.traverseArray(changed);
    }

    private static boolean before(int bid, int other) {
        long price = Pipelines.price(bid);
        long than = Pipelines.price(other);
        return price > than || price == than && Pipelines.time(bid) < Pipelines.time(other);
    }
}
