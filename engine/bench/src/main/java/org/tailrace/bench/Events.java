package org.tailrace.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Seeded events in primitive columns, which every system reads.
 *
 * <p>Nexmark's auction site: of 50 events one is a person, three are auctions and 46 are bids; half of the bids go to a hot
 * auction and three quarters come from a hot bidder, and both move on as the site grows. Persons are counted but not kept,
 * as no query here asks for them. The last event is a bid an hour later, on which every window of the others closes.
 */
final class Events {
    static final long START_MICROS = 1_700_006_400_000_000L;
    private static final long SEED = 42;

    int auctions;
    final long[] auctionId;
    final long[] auctionTime;
    final long[] seller;
    final long[] category;
    final long[] initialBid;
    final int[] item;

    int bids;
    final long[] bidAuction;
    final long[] bidder;
    final long[] price;
    final long[] bidTime;
    final int[] channel;
    final int[] url;
    final int[] extra;

    /** How many auctions and bids there are before event {@code i × batch}. */
    final int[] auctionsBefore;

    final int[] bidsBefore;

    final Texts channels;
    final Texts urls;
    final Texts extras;
    final Texts items;

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** @param perSecond events in a second of event time */
    Events(int events, int perSecond, int batch) {
        int epochs = events / 50 + 1;
        auctionId = new long[epochs * 3];
        auctionTime = new long[epochs * 3];
        seller = new long[epochs * 3];
        category = new long[epochs * 3];
        initialBid = new long[epochs * 3];
        item = new int[epochs * 3];
        int room = epochs * 46 + 1;
        bidAuction = new long[room];
        bidder = new long[room];
        price = new long[room];
        bidTime = new long[room];
        channel = new int[room];
        url = new int[room];
        extra = new int[room];
        items = texts(4096, 10, 20);
        extras = texts(4096, 40, 70);
        String[] names = new String[10_004];
        String[] addresses = new String[names.length];
        String[] hot = {"Google", "Facebook", "Baidu", "Apple"};
        for (int i = 0; i < names.length; i++) {
            names[i] = i < 4 ? hot[i] : "channel-" + (i - 4);
            addresses[i] = "https://auction.example/" + letters(5) + "/" + letters(5) + "/item.htm?query=1"
                    + (i >= 4 && random.nextInt(10) > 0 ? "&channel_id=" + i : "");
        }
        channels = new Texts(names);
        urls = new Texts(addresses);

        int blocks = (events + batch - 1) / batch;
        auctionsBefore = new int[blocks + 2];
        bidsBefore = new int[blocks + 2];
        for (int e = 0; e < events; e++) {
            if (e % batch == 0) {
                mark(e / batch);
            }
            event(e, START_MICROS + e * 1_000_000L / perSecond);
        }
        mark(blocks);
        bid(0, 0, 100, START_MICROS + events * 1_000_000L / perSecond + 3_600_000_000L);
        mark(blocks + 1);
    }

    private void mark(int block) {
        auctionsBefore[block] = auctions;
        bidsBefore[block] = bids;
    }

    private void event(int number, long micros) {
        long epoch = number / 50;
        int place = number % 50;
        if (place == 0) {
            return;
        }
        if (place < 4) {
            int i = auctions++;
            auctionId[i] = 1000 + epoch * 3 + place - 1;
            auctionTime[i] = micros;
            seller[i] = 1000 + (random.nextInt(4) > 0 ? epoch / 100 * 100 : active(epoch));
            category[i] = 10 + random.nextInt(5);
            initialBid[i] = price();
            item[i] = random.nextInt(4096);
            return;
        }
        long last = epoch * 3 + 2;
        long lowest = Math.max(last - 100, 0);
        bid(
                1000 + (random.nextInt(2) > 0 ? last / 100 * 100 : lowest + random.nextInt((int) (last - lowest + 11))),
                1000 + (random.nextInt(4) > 0 ? epoch / 100 * 100 + 1 : active(epoch)),
                price(),
                micros);
    }

    private void bid(long auction, long by, long cents, long micros) {
        int i = bids++;
        bidAuction[i] = auction;
        bidder[i] = by;
        price[i] = cents;
        bidTime[i] = micros;
        channel[i] = random.nextInt(2) > 0 ? random.nextInt(4) : 4 + random.nextInt(10_000);
        url[i] = channel[i];
        extra[i] = random.nextInt(4096);
    }

    private long active(long lastPerson) {
        long active = Math.min(lastPerson + 1, 1000);
        return lastPerson + 1 - active + random.nextInt((int) active + 10);
    }

    private long price() {
        return Math.round(Math.pow(10, random.nextDouble() * 6) * 100);
    }

    private Texts texts(int count, int shortest, int longest) {
        String[] texts = new String[count];
        Arrays.setAll(texts, i -> letters(shortest + random.nextInt(longest - shortest + 1)));
        return new Texts(texts);
    }

    private String letters(int length) {
        return letters(random, length);
    }

    static String letters(SplittableRandom random, int length) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            bytes.write('a' + random.nextInt(26));
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
