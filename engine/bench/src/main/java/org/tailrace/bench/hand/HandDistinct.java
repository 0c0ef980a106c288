package org.tailrace.bench.hand;

import static org.tailrace.bench.contest.Answer.of;

import java.time.LocalDate;
import java.util.Arrays;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Events;

/** Distinct counts by hand: a byte of flags for each thing that is counted, one flag for each range of prices. */
final class HandDistinct {
    private static final long DAY = 86_400_000_000L;
    private static final long MINUTE = 60_000_000L;

    private final Events in;

    HandDistinct(Events in) {
        this.in = in;
    }

    private static int range(long price) {
        return price < 10_000 ? 0 : price < 1_000_000 ? 1 : 2;
    }

    private static String day(long number) {
        return LocalDate.ofEpochDay(number).toString();
    }

    /** Days are ranges of rows, as times are sorted. */
    void byDay(Answer out) {
        for (int from = 0; from < in.bids; ) {
            long day = in.bidTime[from] / DAY;
            int to = HandWindows.upTo(in.bidTime, from, in.bids, (day + 1) * DAY);
            byDay(day, from, to, out);
            from = to;
        }
    }

    private void byDay(long day, int from, int to, Answer out) {
        var bidders = new LongIds((to - from) / 9);
        var auctions = new LongIds((to - from) / 9);
        byte[] byBidder = new byte[bidders.keys.length];
        byte[] byAuction = new byte[auctions.keys.length];
        int[] counts = new int[3];
        for (int i = from; i < to; i++) {
            int range = range(in.price[i]);
            counts[range]++;
            int id = bidders.id(in.bidder[i]);
            if (id >= byBidder.length) {
                byBidder = Arrays.copyOf(byBidder, id * 2);
            }
            byBidder[id] |= (byte) (1 << range);
            id = auctions.id(in.bidAuction[i]);
            if (id >= byAuction.length) {
                byAuction = Arrays.copyOf(byAuction, id * 2);
            }
            byAuction[id] |= (byte) (1 << range);
        }
        int[] bidder = flags(byBidder, bidders.size);
        int[] auction = flags(byAuction, auctions.size);
        out.take(
                1,
                bidder[0],
                of((Object) day(day)),
                of((Object) (to - from)),
                of((Object) counts[0]),
                of((Object) counts[1]),
                of((Object) counts[2]),
                of((Object) bidders.size),
                of((Object) bidder[0]),
                of((Object) bidder[1]),
                of((Object) bidder[2]),
                of((Object) auctions.size),
                of((Object) auction[0]),
                of((Object) auction[1]),
                of((Object) auction[2]));
    }

    private static int[] flags(byte[] of, int size) {
        int[] found = new int[3];
        for (int id = 0; id < size; id++) {
            found[0] += of[id] & 1;
            found[1] += of[id] >> 1 & 1;
            found[2] += of[id] >> 2 & 1;
        }
        return found;
    }

    /** Distinct members of groups. */
    private static final class Members {
        private final LongIds index = new LongIds(1 << 16);
        private byte[] seen = new byte[1 << 16];
        int[] all = new int[1 << 10];
        int[][] byRange = new int[3][1 << 10];

        void add(int group, long member, int range) {
            int id = index.id((long) group << 40 | member);
            if (id >= seen.length) {
                seen = Arrays.copyOf(seen, id * 2);
            }
            int fresh = (1 | 2 << range) & ~seen[id];
            if (fresh != 0) {
                seen[id] |= (byte) fresh;
                all[group] += fresh & 1;
                byRange[range][group] += fresh > 1 ? 1 : 0;
            }
        }

        void grow(int groups) {
            all = Arrays.copyOf(all, groups);
            for (int range = 0; range < 3; range++) {
                byRange[range] = Arrays.copyOf(byRange[range], groups);
            }
        }
    }

    void byChannel(Answer out) {
        var groups = new LongIds(1 << 14);
        var bidders = new Members();
        var auctions = new Members();
        int[][] counts = new int[3][1 << 10];
        long[] newest = new long[1 << 10];
        for (int i = 0; i < in.bids; i++) {
            int group = groups.id(in.bidTime[i] / DAY << 20 | in.channel[i]);
            if (group >= newest.length) {
                newest = Arrays.copyOf(newest, group * 2);
                bidders.grow(group * 2);
                auctions.grow(group * 2);
                for (int range = 0; range < 3; range++) {
                    counts[range] = Arrays.copyOf(counts[range], group * 2);
                }
            }
            int range = range(in.price[i]);
            counts[range][group]++;
            newest[group] = in.bidTime[i];
            bidders.add(group, in.bidder[i], range);
            auctions.add(group, in.bidAuction[i], range);
        }
        long[] last = newest;
        out.take(
                groups.size,
                groups.size,
                group -> in.channels.values[(int) groups.keys[group] & 0xfffff],
                group -> day(groups.keys[group] >> 20),
                group -> {
                    long minute = last[group] % DAY / MINUTE;
                    return (minute / 60 < 10 ? "0" : "") + minute / 60 + (minute % 60 < 10 ? ":0" : ":") + minute % 60;
                },
                group -> counts[0][group] + counts[1][group] + counts[2][group],
                of(counts[0]),
                of(counts[1]),
                of(counts[2]),
                of(bidders.all),
                of(bidders.byRange[0]),
                of(bidders.byRange[1]),
                of(bidders.byRange[2]),
                of(auctions.all),
                of(auctions.byRange[0]),
                of(auctions.byRange[1]),
                of(auctions.byRange[2]));
    }
}
