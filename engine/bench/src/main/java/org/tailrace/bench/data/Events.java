package org.tailrace.bench.data;

import java.util.SplittableRandom;

/**
 * Seeded events in primitive columns, which every system reads.
 *
 * <p>Nexmark's auction site: of 50 events one is a person, three are auctions and 46 are bids; half of the bids go to a hot
 * auction and three quarters come from a hot bidder, and both move on as the site grows. Times are whole milliseconds in
 * microseconds, ascending; prices are cents.
 *
 * <p>One more person, auction and bid lie behind the last of each, an hour later and without any partner, see
 * {@link Query#windows}; {@link #persons}, {@link #auctions} and {@link #bids} do not count them.
 */
public final class Events {
    public static final long START_MICROS = 1_700_006_400_000_000L;
    static final long HOUR = 3_600_000_000L;
    private static final long SEED = 42;

    public int persons;
    public final long[] personId;
    public final long[] personTime;
    public final int[] name;
    public final int[] city;
    public final int[] state;

    public int auctions;
    public final long[] auctionId;
    public final long[] auctionTime;
    public final long[] expires;
    public final long[] seller;
    public final long[] category;
    public final long[] initialBid;
    public final int[] item;

    public int bids;
    public final long[] bidAuction;
    public final long[] bidder;
    public final long[] price;
    public final long[] bidTime;
    /** Codes of {@link #channels} and of {@link #urls}: a channel has one address. */
    public final int[] channel;

    public final int[] extra;

    /** How many persons, auctions and bids there are before event {@code i × batch}. */
    public final int[] personsBefore;

    public final int[] auctionsBefore;
    public final int[] bidsBefore;

    public final Texts names;
    public final Texts cities = new Texts(
            "Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent");
    public final Texts states = new Texts("AZ", "CA", "ID", "OR", "WA", "WY");
    public final Texts items;
    public final Texts channels;
    public final Texts urls;
    public final Texts extras;

    private final int perSecond;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /**
     * @param perSecond events in a second of event time
     * @param batch events in a block, a multiple of 50
     * @param withBids false leaves the bids out, as if nobody bid
     */
    Events(int events, int perSecond, int batch, boolean withBids) {
        this.perSecond = perSecond;
        int epochs = events / 50 + 2;
        personId = new long[epochs];
        personTime = new long[epochs];
        name = new int[epochs];
        city = new int[epochs];
        state = new int[epochs];
        auctionId = new long[epochs * 3];
        auctionTime = new long[epochs * 3];
        expires = new long[epochs * 3];
        seller = new long[epochs * 3];
        category = new long[epochs * 3];
        initialBid = new long[epochs * 3];
        item = new int[epochs * 3];
        int room = withBids ? epochs * 46 : 1;
        bidAuction = new long[room];
        bidder = new long[room];
        price = new long[room];
        bidTime = new long[room];
        channel = new int[room];
        extra = new int[room];
        names = Texts.random(random, 99, 9, 15);
        items = Texts.random(random, 4096, 10, 20);
        extras = Texts.random(random, 4096, 40, 70);
        String[] called = new String[10_004];
        String[] addresses = new String[called.length];
        String[] hot = {"Google", "Facebook", "Baidu", "Apple"};
        for (int i = 0; i < called.length; i++) {
            called[i] = i < 4 ? hot[i] : "channel-" + (i - 4);
            addresses[i] = "https://auction.example/" + Texts.letters(random, 5) + "/" + Texts.letters(random, 5) + "/"
                    + Texts.letters(random, 5) + "/item.htm?query=1"
                    + (i >= 4 && random.nextInt(10) > 0 ? "&channel_id=" + i : "");
        }
        channels = new Texts(called);
        urls = new Texts(addresses);

        int blocks = (events + batch - 1) / batch;
        personsBefore = new int[blocks + 1];
        auctionsBefore = new int[blocks + 1];
        bidsBefore = new int[blocks + 1];
        for (int e = 0; e < events; e++) {
            if (e % batch == 0) {
                mark(e / batch);
            }
            event(e, withBids);
        }
        mark(blocks);
        close(events);
    }

    static long time(long event, int perSecond) {
        return START_MICROS + event * 1000 / perSecond * 1000;
    }

    /** The longest that an auction is open, in whole seconds, for queries that bound a join by it. */
    public static int longestSeconds(int perSecond) {
        return 1 + 2 * patience(perSecond) / 1000;
    }

    private static int patience(int perSecond) {
        return Math.max(1, 100 * 50 / 3 * 1000 / perSecond);
    }

    private void mark(int block) {
        personsBefore[block] = persons;
        auctionsBefore[block] = auctions;
        bidsBefore[block] = bids;
    }

    private void event(int number, boolean withBids) {
        long epoch = number / 50;
        int place = number % 50;
        long micros = time(number, perSecond);
        if (place == 0) {
            int i = persons++;
            personId[i] = 1000 + epoch;
            personTime[i] = micros;
            name[i] = random.nextInt(names.values.length);
            city[i] = random.nextInt(cities.values.length);
            state[i] = random.nextInt(states.values.length);
        } else if (place < 4) {
            int i = auctions++;
            auctionId[i] = 1000 + epoch * 3 + place - 1;
            auctionTime[i] = micros;
            expires[i] = micros + 1000L * (1 + random.nextInt(2 * patience(perSecond)));
            seller[i] = 1000 + (random.nextInt(4) > 0 ? epoch / 100 * 100 : active(epoch));
            category[i] = 10 + random.nextInt(5);
            initialBid[i] = price();
            item[i] = random.nextInt(items.values.length);
        } else if (withBids) {
            int i = bids++;
            long last = epoch * 3 + 2;
            long lowest = Math.max(last - 100, 0);
            bidAuction[i] = 1000
                    + (random.nextInt(2) > 0 ? last / 100 * 100 : lowest + random.nextInt((int) (last - lowest + 11)));
            bidder[i] = 1000 + (random.nextInt(4) > 0 ? epoch / 100 * 100 + 1 : active(epoch));
            price[i] = price();
            bidTime[i] = micros;
            channel[i] = random.nextInt(2) > 0 ? random.nextInt(4) : 4 + random.nextInt(10_000);
            extra[i] = random.nextInt(extras.values.length);
        }
    }

    private void close(int events) {
        long later = time(events, perSecond) + HOUR;
        personTime[persons] = later;
        auctionTime[auctions] = later;
        expires[auctions] = later;
        auctionId[auctions] = -1;
        seller[auctions] = -1;
        bidTime[bids] = later;
    }

    private long active(long lastPerson) {
        long active = Math.min(lastPerson + 1, 1000);
        return lastPerson + 1 - active + random.nextInt((int) active + 10);
    }

    private long price() {
        return Math.round(Math.pow(10, random.nextDouble() * 6) * 100);
    }
}
