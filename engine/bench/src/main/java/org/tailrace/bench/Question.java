package org.tailrace.bench;

import org.tailrace.plan.OutputMode;

/** The queries, as the engine is asked; the loops by hand are in {@link Hand}. */
enum Question {
    Q0("SELECT auction, bidder, price, channel, url, dateTime, extra FROM bid", OutputMode.APPEND),
    Q1("SELECT auction, bidder, price * 908 AS price, dateTime, extra FROM bid", OutputMode.APPEND),
    Q2("SELECT auction, price FROM bid WHERE auction % 123 = 0", OutputMode.APPEND),
    Q5(
            "SELECT w.start AS start, max(n) AS most FROM ("
                    + "SELECT window(dateTime, '10 seconds', '2 seconds') AS w, auction, count(*) AS n"
                    + " FROM bid GROUP BY window(dateTime, '10 seconds', '2 seconds'), auction) GROUP BY w",
            OutputMode.APPEND),
    Q7(
            "SELECT window.start AS start, max(price) AS most FROM bid GROUP BY window(dateTime, '10 seconds')",
            OutputMode.APPEND),
    Q11(
            "SELECT bidder, session_window.start AS start, count(*) AS n FROM bid"
                    + " GROUP BY session_window(dateTime, '10 seconds'), bidder",
            OutputMode.APPEND),
    Q12(
            "SELECT window.start AS start, bidder, count(*) AS n FROM bid"
                    + " GROUP BY window(dateTime, '10 seconds'), bidder",
            OutputMode.APPEND),
    /** A stream refuses exact distinct counts (TR-213): the loop counts exactly, and both are compared with a margin. */
    Q15(
            "SELECT count(*) AS n, count(*) FILTER (WHERE price < 10000) AS low,"
                    + " count(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS middle,"
                    + " count(*) FILTER (WHERE price >= 1000000) AS high,"
                    + " approx_count_distinct(bidder) AS bidders,"
                    + " approx_count_distinct(bidder) FILTER (WHERE price < 10000) AS lowBidders,"
                    + " approx_count_distinct(bidder) FILTER (WHERE price >= 10000 AND price < 1000000) AS middleBidders,"
                    + " approx_count_distinct(bidder) FILTER (WHERE price >= 1000000) AS highBidders,"
                    + " approx_count_distinct(auction) AS auctions,"
                    + " approx_count_distinct(auction) FILTER (WHERE price < 10000) AS lowAuctions FROM bid",
            OutputMode.COMPLETE),
    Q17(
            "SELECT auction, to_date(dateTime) AS day, count(*) AS n, count(*) FILTER (WHERE price < 10000) AS low,"
                    + " count(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS middle,"
                    + " count(*) FILTER (WHERE price >= 1000000) AS high,"
                    + " min(price) AS least, max(price) AS most, avg(price) AS mean, sum(price) AS total"
                    + " FROM bid GROUP BY auction, to_date(dateTime)",
            OutputMode.UPDATE),
    Q18(
            "SELECT bidder, auction, max_by(struct(price, channel, url, dateTime, extra), dateTime) AS last"
                    + " FROM bid GROUP BY bidder, auction",
            OutputMode.UPDATE),
    Q20(
            "SELECT b.auction, bidder, price, b.dateTime, item, seller, initialBid FROM bid AS b"
                    + " JOIN auction AS a ON b.auction = a.id WHERE category = 10",
            OutputMode.APPEND),
    YAHOO(
            "SELECT window.start AS start, campaign, count(*) AS n"
                    + " FROM ad JOIN campaign ON ad.ad = campaign.ad WHERE type = 'view'"
                    + " GROUP BY window(time, '10 seconds'), campaign",
            OutputMode.APPEND),
    WORDS(
            "SELECT word, count(*) AS n FROM (SELECT explode(split(value, ' ')) AS word FROM line) GROUP BY word",
            OutputMode.UPDATE);

    final String sql;
    final OutputMode mode;

    /** How far a number may be from the loop's: four times the error that approximate counts promise. */
    double margin() {
        return this == Q15 ? 0.2 : 0;
    }

    Question(String sql, OutputMode mode) {
        this.sql = sql;
        this.mode = mode;
    }
}
