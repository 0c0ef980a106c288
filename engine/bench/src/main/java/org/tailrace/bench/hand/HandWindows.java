package org.tailrace.bench.hand;

import static org.tailrace.bench.contest.Answer.of;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Ads;
import org.tailrace.bench.data.Events;

/**
 * Loops by hand for windows of event time. They use that times are sorted, so that a window is a range of rows found by
 * binary search.
 */
final class HandWindows {
    private static final long TEN_SECONDS = 10_000_000L;
    private static final long SLIDE = 2_000_000L;

    private final Events in;
    private final int bids;

    HandWindows(Events in) {
        this.in = in;
        this.bids = in.bids;
    }

    static int upTo(long[] times, int from, int to, long end) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (times[middle] < end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void count(Answer out) {
        var index = new LongIds(1 << 15);
        int[] counts = new int[1 << 16];
        int at = 0;
        for (long start = Events.START_MICROS; at < bids; start += TEN_SECONDS) {
            int end = upTo(in.bidTime, at, bids, start + TEN_SECONDS);
            index.clear();
            Arrays.fill(counts, 0);
            for (int i = at; i < end; i++) {
                int id = index.id(in.bidder[i]);
                if (id >= counts.length) {
                    counts = Arrays.copyOf(counts, id * 2);
                }
                counts[id]++;
            }
            at = end;
            out.take(index.size, counts[0], of((Object) start), of(index.keys), of(counts));
        }
    }

    void max(Answer out) {
        int at = 0;
        for (long start = Events.START_MICROS; at < bids; start += TEN_SECONDS) {
            int end = upTo(in.bidTime, at, bids, start + TEN_SECONDS);
            long max = Long.MIN_VALUE;
            for (int i = at; i < end; i++) {
                max = Math.max(max, in.price[i]);
            }
            at = end;
            out.take(1, max, of((Object) start), of((Object) max));
        }
    }

    private record Slice(long[] keys, int[] counts) {}

    /** Adds each slice of two seconds to a running count and takes it away five slices later. */
    void hottest(Answer out) {
        var slices = new ArrayDeque<Slice>();
        var index = new LongIds(1 << 15);
        int[] counts = new int[1 << 15];
        var running = new LongIds(1 << 17);
        int[] totals = new int[1 << 17];
        int at = 0;
        int expired = 0;
        long last = in.bidTime[bids - 1];
        for (long start = Events.START_MICROS; start <= last + TEN_SECONDS - SLIDE; start += SLIDE) {
            int end = upTo(in.bidTime, at, bids, start + SLIDE);
            index.clear();
            Arrays.fill(counts, 0);
            for (int i = at; i < end; i++) {
                int id = index.id(in.bidAuction[i]);
                if (id >= counts.length) {
                    counts = Arrays.copyOf(counts, id * 2);
                }
                counts[id]++;
            }
            at = end;
            var slice = new Slice(Arrays.copyOf(index.keys, index.size), Arrays.copyOf(counts, index.size));
            slices.add(slice);
            for (int i = 0; i < slice.keys.length; i++) {
                int id = running.id(slice.keys[i]);
                if (id >= totals.length) {
                    totals = Arrays.copyOf(totals, id * 2);
                }
                totals[id] += slice.counts[i];
            }
            if (slices.size() > 5) {
                Slice old = slices.poll();
                for (int i = 0; i < old.keys.length; i++) {
                    totals[running.id(old.keys[i])] -= old.counts[i];
                }
                if ((++expired & 3) == 0) {
                    var fresh = new LongIds(1 << 17);
                    int[] kept = new int[totals.length];
                    for (int id = 0; id < running.size; id++) {
                        if (totals[id] > 0) {
                            kept[fresh.id(running.keys[id])] = totals[id];
                        }
                    }
                    running = fresh;
                    totals = kept;
                }
            }
            long most = 0;
            for (int id = 0; id < running.size; id++) {
                most = Math.max(most, totals[id]);
            }
            if (most > 0) {
                out.take(1, most, of((Object) (start + SLIDE - TEN_SECONDS)), of((Object) most));
            }
        }
    }

    void sessions(Answer out) {
        int block = 8192;
        long[] foundBidder = new long[block];
        long[] foundStart = new long[block];
        int[] foundCount = new int[block];
        int found = 0;
        var index = new LongIds(bids / 36);
        long[] first = new long[index.keys.length];
        long[] newest = new long[index.keys.length];
        int[] counts = new int[index.keys.length];
        for (int i = 0; i < bids; i++) {
            int id = index.id(in.bidder[i]);
            if (id >= counts.length) {
                counts = Arrays.copyOf(counts, id * 2);
                first = Arrays.copyOf(first, id * 2);
                newest = Arrays.copyOf(newest, id * 2);
            }
            long time = in.bidTime[i];
            if (counts[id] != 0 && time - newest[id] >= TEN_SECONDS) {
                foundBidder[found] = in.bidder[i];
                foundStart[found] = first[id];
                foundCount[found++] = counts[id];
                counts[id] = 0;
                if (found == block) {
                    out.take(found, foundCount[0], of(foundBidder), of(foundStart), of(foundCount));
                    found = 0;
                }
            }
            if (counts[id]++ == 0) {
                first[id] = time;
            }
            newest[id] = time;
        }
        out.take(found, found, of(foundBidder), of(foundStart), of(foundCount));
        out.take(index.size, counts[0], of(index.keys), of(first), of(counts));
    }

    /** Yahoo: views by campaign in ten seconds, over codes. */
    static void campaigns(Ads in, Answer out) {
        int events = in.events;
        int[] owner = in.owners();
        int at = 0;
        for (long start = Events.START_MICROS; at < events; start += TEN_SECONDS) {
            int end = upTo(in.time, at, events, start + TEN_SECONDS);
            int[] counts = new int[100];
            for (int i = at; i < end; i++) {
                if (in.type[i] == 0) {
                    counts[owner[in.ad[i]]]++;
                }
            }
            at = end;
            int[] campaign = new int[100];
            int found = 0;
            for (int c = 0; c < 100; c++) {
                if (counts[c] > 0) {
                    campaign[found] = c;
                    counts[found++] = counts[c];
                }
            }
            out.take(found, counts[0], of((Object) start), of(campaign, in.campaigns), of(counts));
        }
    }
}
