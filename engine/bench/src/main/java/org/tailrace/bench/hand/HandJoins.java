package org.tailrace.bench.hand;

import static org.tailrace.bench.contest.Answer.of;

import java.util.Arrays;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Events;

/** Joins by hand. A pair is two row numbers; who reads it takes the columns from the arrays. */
final class HandJoins {
    private static final int BLOCK = 8192;
    private static final long TEN_SECONDS = 10_000_000L;

    private final Events in;
    private final int[] left = new int[BLOCK];
    private final int[] right = new int[BLOCK];
    private int found;

    HandJoins(Events in) {
        this.in = in;
    }

    /** Reads all auctions before the bids, which a stream cannot. */
    void category(Answer out) {
        var index = new LongIds(in.auctions / 4);
        int[] rows = new int[in.auctions];
        for (int i = 0; i < in.auctions; i++) {
            if (in.category[i] == 10) {
                rows[index.id(in.auctionId[i])] = i;
            }
        }
        int n = 0;
        for (int i = 0; i < in.bids; i++) {
            int id = index.find(in.bidAuction[i]);
            if (id >= 0) {
                left[n] = i;
                right[n++] = rows[id];
                if (n == BLOCK) {
                    bidsAndAuctions(n, out);
                    n = 0;
                }
            }
        }
        bidsAndAuctions(n, out);
    }

    private void bidsAndAuctions(int n, Answer out) {
        out.take(
                n,
                n,
                row -> in.bidAuction[left[row]],
                row -> in.bidder[left[row]],
                row -> in.price[left[row]],
                row -> in.bidTime[left[row]],
                row -> in.items.values[in.item[right[row]]],
                row -> in.seller[right[row]],
                row -> in.initialBid[right[row]]);
    }

    /** Persons and auctions in the order of their times, each side waiting for the other, as a stream must. */
    void sellers(Answer out) {
        boolean[] wanted = new boolean[in.states.values.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = "OR ID CA".contains(in.states.values[i]);
        }
        var persons = new LongIds(1 << 16);
        int[] personRow = new int[1 << 16];
        var waiting = new LongIds(1 << 16);
        int[] newest = new int[1 << 16];
        int[] older = new int[in.auctions];
        int person = 0;
        for (int auction = 0; auction <= in.auctions; auction++) {
            while (person < in.persons
                    && (auction == in.auctions || in.personTime[person] <= in.auctionTime[auction])) {
                if (wanted[in.state[person]]) {
                    int id = persons.id(in.personId[person]);
                    if (id >= personRow.length) {
                        personRow = Arrays.copyOf(personRow, id * 2);
                    }
                    personRow[id] = person;
                    int wait = waiting.find(in.personId[person]);
                    for (int a = wait < 0 ? -1 : newest[wait]; a >= 0; a = older[a]) {
                        pair(person, a, out);
                    }
                }
                person++;
            }
            if (auction < in.auctions && in.category[auction] == 10) {
                int known = waiting.size;
                int wait = waiting.id(in.seller[auction]);
                if (wait >= newest.length) {
                    newest = Arrays.copyOf(newest, wait * 2);
                }
                older[auction] = wait == known ? -1 : newest[wait];
                newest[wait] = auction;
                int id = persons.find(in.seller[auction]);
                if (id >= 0) {
                    pair(personRow[id], auction, out);
                }
            }
        }
        sold(out);
    }

    private void pair(int person, int auction, Answer out) {
        left[found] = person;
        right[found++] = auction;
        if (found == BLOCK) {
            sold(out);
        }
    }

    private void sold(Answer out) {
        out.take(
                found,
                found,
                row -> in.names.values[in.name[left[row]]],
                row -> in.cities.values[in.city[left[row]]],
                row -> in.states.values[in.state[left[row]]],
                row -> in.auctionId[right[row]]);
        found = 0;
    }

    void newcomers(Answer out) {
        var persons = new LongIds(1 << 15);
        var sellers = new LongIds(1 << 15);
        int[] rows = new int[in.persons];
        int person = 0;
        int auction = 0;
        for (long start = Events.START_MICROS; person < in.persons || auction < in.auctions; start += TEN_SECONDS) {
            int toPerson = HandWindows.upTo(in.personTime, person, in.persons, start + TEN_SECONDS);
            int toAuction = HandWindows.upTo(in.auctionTime, auction, in.auctions, start + TEN_SECONDS);
            persons.clear();
            sellers.clear();
            for (; person < toPerson; person++) {
                rows[persons.id(in.personId[person])] = person;
            }
            int n = 0;
            for (; auction < toAuction; auction++) {
                int known = sellers.size;
                sellers.id(in.seller[auction]);
                int id = sellers.size == known ? -1 : persons.find(in.seller[auction]);
                if (id >= 0) {
                    left[n++] = rows[id];
                    if (n == BLOCK) {
                        came(n, start, out);
                        n = 0;
                    }
                }
            }
            came(n, start, out);
        }
    }

    private void came(int n, long start, Answer out) {
        out.take(n, n, row -> in.personId[left[row]], row -> in.names.values[in.name[left[row]]], of((Object) start));
    }
}
