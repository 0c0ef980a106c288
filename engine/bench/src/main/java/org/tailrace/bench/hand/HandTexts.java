package org.tailrace.bench.hand;

import static org.tailrace.bench.contest.Answer.of;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.data.Events;

/**
 * Loops by hand for the queries that work on texts: what is asked of a text is worked out once for each entry of its
 * dictionary, so that a row is a look-up by its code.
 */
final class HandTexts {
    private static final int BLOCK = 8192;
    private static final long HOUR = 3_600_000_000L;
    private static final String[] TIMES_OF_DAY = {"dayTime", "nightTime", "otherTime"};

    private final Events in;
    private final int[] picked = new int[BLOCK];
    private final long[] auctions = new long[BLOCK];
    private final long[] bidders = new long[BLOCK];
    private final long[] prices = new long[BLOCK];
    private final long[] times = new long[BLOCK];
    private final int[] codes = new int[BLOCK];
    private final int[] numbers = new int[BLOCK];
    private final byte[] parts = new byte[BLOCK];

    HandTexts(Events in) {
        this.in = in;
    }

    void calculate(Answer out) {
        int[] cs = new int[in.extras.values.length];
        for (int i = 0; i < cs.length; i++) {
            cs[i] = (int) in.extras.values[i].chars().filter(c -> c == 'c').count();
        }
        byte[] partOfHour = new byte[24];
        for (int hour = 0; hour < 24; hour++) {
            partOfHour[hour] = (byte) (hour >= 8 && hour <= 18 ? 0 : hour <= 6 || hour >= 20 ? 1 : 2);
        }
        for (int at = 0; at < in.bids; at += BLOCK) {
            int n = Math.min(BLOCK, in.bids - at);
            int found = 0;
            for (int i = 0; i < n; i++) {
                long price = in.price[at + i] * 908;
                picked[found] = at + i;
                found += price > 1_000_000_000L & price < 50_000_000_000L ? 1 : 0;
            }
            for (int i = 0; i < found; i++) {
                int row = picked[i];
                auctions[i] = in.bidAuction[row];
                bidders[i] = in.bidder[row];
                prices[i] = in.price[row] * 908;
                times[i] = in.bidTime[row];
                parts[i] = partOfHour[(int) (in.bidTime[row] / HOUR % 24)];
                codes[i] = in.extra[row];
                numbers[i] = cs[in.extra[row]];
            }
            out.take(
                    found,
                    found,
                    of(auctions),
                    of(bidders),
                    of(prices),
                    row -> TIMES_OF_DAY[parts[row]],
                    of(times),
                    of(codes, in.extras),
                    of(numbers));
        }
    }

    void channelNumbers(Answer out) {
        @Nullable String[] number = new @Nullable String[in.channels.values.length];
        for (int code = 0; code < number.length; code++) {
            number[code] = number(in.channels.values[code], in.urls.values[code]);
        }
        for (int at = 0; at < in.bids; at += BLOCK) {
            int n = Math.min(BLOCK, in.bids - at);
            int found = 0;
            for (int i = 0; i < n; i++) {
                picked[found] = at + i;
                found += number[in.channel[at + i]] != null ? 1 : 0;
            }
            for (int i = 0; i < found; i++) {
                int row = picked[i];
                auctions[i] = in.bidAuction[row];
                bidders[i] = in.bidder[row];
                prices[i] = in.price[row];
                codes[i] = in.channel[row];
            }
            out.take(
                    found,
                    found,
                    of(auctions),
                    of(bidders),
                    of(prices),
                    of(codes, in.channels),
                    row -> String.valueOf(number[codes[row]]));
        }
    }

    private static @Nullable String number(String channel, String url) {
        int at = url.indexOf("&channel_id=");
        return switch (channel.toLowerCase(Locale.ROOT)) {
            case "apple" -> "0";
            case "google" -> "1";
            case "facebook" -> "2";
            case "baidu" -> "3";
            default -> at < 0 ? null : url.substring(at + "&channel_id=".length());
        };
    }

    void directories(Answer out) {
        String[][] split = new String[in.urls.values.length][];
        for (int code = 0; code < split.length; code++) {
            split[code] = in.urls.values[code].split("/");
        }
        for (int at = 0; at < in.bids; at += BLOCK) {
            int n = Math.min(BLOCK, in.bids - at);
            System.arraycopy(in.bidAuction, at, auctions, 0, n);
            System.arraycopy(in.bidder, at, bidders, 0, n);
            System.arraycopy(in.price, at, prices, 0, n);
            System.arraycopy(in.channel, at, codes, 0, n);
            out.take(
                    n,
                    split[codes[n - 1]].length,
                    of(auctions),
                    of(bidders),
                    of(prices),
                    of(codes, in.channels),
                    row -> split[codes[row]][3],
                    row -> split[codes[row]][4],
                    row -> split[codes[row]][5]);
        }
    }
}
