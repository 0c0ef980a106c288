package org.tailrace.bench.data;

/**
 * The queries by the names of their benchmarks; each says the columns of its answer. Times are microseconds, prices cents.
 *
 * <p>They are Nexmark's, but for what cannot be compared or would not be the same everywhere: q1 and q14 multiply whole
 * numbers (908 thousandths), q4 takes the mean for each ten seconds of auctions, as a stream with Spark's meaning can finish
 * no other, q5 and q7 say the greatest value and not whose it is, as ties have no order, q12 counts by event time, and q20
 * gives seven columns.
 */
public enum Query {
    /** auction, bidder, price, dateTime, extra. */
    Q0(Reads.BIDS),
    /** auction, bidder, price × 908, dateTime, extra. */
    Q1(Reads.BIDS),
    /** auction, price; of auctions that 123 divides. */
    Q2(Reads.BIDS),
    /** name, city, state, auction; of auctions in category 10 whose sellers live in OR, ID or CA. */
    Q3(Reads.PERSONS_AND_AUCTIONS),
    /** start, category, mean of the dearest bids of the auctions that opened in these ten seconds. */
    Q4(Reads.AUCTIONS_AND_BIDS, true, 2, Integer.MAX_VALUE),
    /** start, bids on the auction with most bids; ten seconds every two. */
    Q5(Reads.BIDS, true),
    /** start, dearest bid; ten seconds. */
    Q7(Reads.BIDS, true),
    /** person, name, start; of those who opened an auction in the ten seconds in which they came. */
    Q8(Reads.PERSONS_AND_AUCTIONS, true),
    /** auction, item, seller, category, bidder, price, time of the bid; the dearest bid while the auction was open. */
    Q9(Reads.AUCTIONS_AND_BIDS, true, 1, Integer.MAX_VALUE),
    /** bidder, start, count; sessions that end after ten seconds without a bid. */
    Q11(Reads.BIDS, true),
    /** start, bidder, count; ten seconds. */
    Q12(Reads.BIDS, true),
    /** auction, bidder, price × 908, time of day, dateTime, extra, how many c in extra; of prices in a range. */
    Q14(Reads.BIDS),
    /** day, count, three counts by price, distinct bidders and the same by price, distinct auctions and the same. */
    Q15(Reads.BIDS, 1, 5),
    /** channel, day, last minute, then as {@link #Q15}. */
    Q16(Reads.BIDS, 2, 7),
    /** auction, day, count, three counts by price, least, most, mean, sum of the price. */
    Q17(Reads.BIDS, 2, Integer.MAX_VALUE),
    /** bidder, auction, then price, channel, url, dateTime, extra of the newest bid. */
    Q18(Reads.BIDS, 2, Integer.MAX_VALUE),
    /** auction, rank, bidder, price, dateTime; the ten dearest bids, the earlier first among equals. */
    Q19(Reads.BIDS, 2, Integer.MAX_VALUE),
    /** auction, bidder, price, dateTime, item, seller, first price; of auctions in category 10. */
    Q20(Reads.AUCTIONS_AND_BIDS),
    /** auction, bidder, price, channel, number of the channel by its name or in its address. */
    Q21(Reads.BIDS),
    /** auction, bidder, price, channel, the three directories of the address. */
    Q22(Reads.BIDS),
    /** start, campaign, views; ten seconds. */
    YAHOO(Reads.ADS, true),
    /** word, count. */
    WORDS(Reads.LINES, 1, Integer.MAX_VALUE);

    /** Which of the data a query reads. */
    public enum Reads {
        BIDS,
        AUCTIONS_AND_BIDS,
        /** These are few, so that they come from five times as many events, of which the bids are left out. */
        PERSONS_AND_AUCTIONS,
        ADS,
        LINES
    }

    public final Reads reads;
    /**
     * Rows are final when event time has passed. A stream that never ends closes its windows by the hour-later rows behind
     * the data; whoever sees the end of the data need not read them, and no answer contains them.
     */
    public final boolean windows;
    /** A row replaces the one with the same first so many columns; 0: each row stays. */
    public final int keys;
    /** From this column on numbers are distinct counts, which some engines only approximate. */
    public final int distinctFrom;

    Query(Reads reads) {
        this(reads, false, 0, Integer.MAX_VALUE);
    }

    Query(Reads reads, boolean windows) {
        this(reads, windows, 0, Integer.MAX_VALUE);
    }

    Query(Reads reads, int keys, int distinctFrom) {
        this(reads, false, keys, distinctFrom);
    }

    Query(Reads reads, boolean windows, int keys, int distinctFrom) {
        this.reads = reads;
        this.windows = windows;
        this.keys = keys;
        this.distinctFrom = distinctFrom;
    }
}
