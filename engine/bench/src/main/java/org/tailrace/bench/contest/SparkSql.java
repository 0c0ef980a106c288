package org.tailrace.bench.contest;

import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Query;

/**
 * The queries as the engine and Spark are asked, with the same text. Q19 has none: SQL has no top of a group in a stream, a
 * function with state has.
 */
public final class SparkSql {
    private static final String BY_PRICE = "count(*) AS n, count(*) FILTER (WHERE price < 10000) AS low,"
            + " count(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS middle,"
            + " count(*) FILTER (WHERE price >= 1000000) AS high";
    /** A stream refuses exact distinct counts (TR-213). */
    private static final String DISTINCT = distinct("bidder") + ", " + distinct("auction");

    private SparkSql() {}

    private static String distinct(String column) {
        String count = "approx_count_distinct(" + column + ")";
        return count + " AS " + column + "s, " + count + " FILTER (WHERE price < 10000) AS low_" + column + "s, "
                + count
                + " FILTER (WHERE price >= 10000 AND price < 1000000) AS middle_" + column + "s, " + count
                + " FILTER (WHERE price >= 1000000) AS high_" + column + "s";
    }

    /** Whether each batch gives the groups that it changed; else it gives rows that are final. */
    public static boolean updates(Query query) {
        return query.keys > 0 && !query.windows && query != Query.Q19;
    }

    /** @param perSecond events in a second of event time, which says how long auctions are open */
    public static String text(Query query, int perSecond) {
        String whileOpen =
                " b.dateTime >= a.dateTime AND b.dateTime <= a.expires AND b.dateTime <= a.dateTime + INTERVAL "
                        + Events.longestSeconds(perSecond) + " SECONDS";
        return switch (query) {
            case Q0 -> "SELECT auction, bidder, price, dateTime, extra FROM bid";
            case Q1 -> "SELECT auction, bidder, price * 908 AS price, dateTime, extra FROM bid";
            case Q2 -> "SELECT auction, price FROM bid WHERE auction % 123 = 0";
            case Q3 ->
                "SELECT name, city, state, a.id FROM auction AS a JOIN person AS p ON a.seller = p.id"
                        + " WHERE category = 10 AND state IN ('OR', 'ID', 'CA')";
            case Q4 ->
                "SELECT window.start AS start, category, avg(dearest) AS mean FROM ("
                        + "SELECT a.id, category, a.dateTime AS opened, max(price) AS dearest"
                        + " FROM auction AS a JOIN bid AS b ON a.id = b.auction AND" + whileOpen
                        + " GROUP BY a.id, category, a.dateTime) GROUP BY window(opened, '10 seconds'), category";
            case Q5 ->
                "SELECT w.start AS start, max(n) AS most FROM ("
                        + "SELECT window(dateTime, '10 seconds', '2 seconds') AS w, auction, count(*) AS n"
                        + " FROM bid GROUP BY window(dateTime, '10 seconds', '2 seconds'), auction) GROUP BY w";
            case Q7 ->
                "SELECT window.start AS start, max(price) AS most FROM bid GROUP BY window(dateTime, '10 seconds')";
            case Q8 ->
                "SELECT p.id, name, p.w.start AS start FROM (SELECT id, name, window AS w FROM person"
                        + " GROUP BY window(dateTime, '10 seconds'), id, name) AS p JOIN"
                        + " (SELECT seller, window AS w FROM auction GROUP BY window(dateTime, '10 seconds'), seller) AS s"
                        + " ON p.id = s.seller AND p.w = s.w";
            case Q9 ->
                "SELECT a.id, item, seller, category, max_by(struct(bidder, price, b.dateTime), price) AS won"
                        + " FROM auction AS a JOIN bid AS b ON a.id = b.auction AND" + whileOpen
                        + " GROUP BY a.id, item, seller, category, a.dateTime";
            case Q11 ->
                "SELECT bidder, session_window.start AS start, count(*) AS n FROM bid"
                        + " GROUP BY session_window(dateTime, '10 seconds'), bidder";
            case Q12 ->
                "SELECT window.start AS start, bidder, count(*) AS n FROM bid"
                        + " GROUP BY window(dateTime, '10 seconds'), bidder";
            case Q14 ->
                "SELECT auction, bidder, price * 908 AS price, CASE WHEN hour(dateTime) >= 8 AND hour(dateTime) <= 18"
                        + " THEN 'dayTime' WHEN hour(dateTime) <= 6 OR hour(dateTime) >= 20 THEN 'nightTime'"
                        + " ELSE 'otherTime' END AS timeOfDay, dateTime, extra,"
                        + " length(extra) - length(replace(extra, 'c', '')) AS cs"
                        + " FROM bid WHERE price * 908 > 1000000000 AND price * 908 < 50000000000";
            case Q15 ->
                "SELECT to_date(dateTime) AS day, " + BY_PRICE + ", " + DISTINCT
                        + " FROM bid GROUP BY to_date(dateTime)";
            case Q16 ->
                "SELECT channel, to_date(dateTime) AS day, max(date_format(dateTime, 'HH:mm')) AS minute, " + BY_PRICE
                        + ", " + DISTINCT + " FROM bid GROUP BY channel, to_date(dateTime)";
            case Q17 ->
                "SELECT auction, to_date(dateTime) AS day, " + BY_PRICE + ", min(price) AS least, max(price) AS most,"
                        + " avg(price) AS mean, sum(price) AS total FROM bid GROUP BY auction, to_date(dateTime)";
            case Q18 ->
                "SELECT bidder, auction, max_by(struct(price, channel, url, dateTime, extra), dateTime) AS last"
                        + " FROM bid GROUP BY bidder, auction";
            case Q19 -> throw new IllegalArgumentException("a function with state");
            case Q20 ->
                "SELECT b.auction, bidder, price, b.dateTime, item, seller, initialBid FROM bid AS b"
                        + " JOIN auction AS a ON b.auction = a.id WHERE category = 10";
            case Q21 ->
                "SELECT auction, bidder, price, channel, CASE lower(channel) WHEN 'apple' THEN '0' WHEN 'google' THEN '1'"
                        + " WHEN 'facebook' THEN '2' WHEN 'baidu' THEN '3'"
                        + " ELSE regexp_extract(url, '(&|^)channel_id=([^&]*)', 2) END AS number FROM bid"
                        + " WHERE regexp_extract(url, '(&|^)channel_id=([^&]*)', 2) <> ''"
                        + " OR lower(channel) IN ('apple', 'google', 'facebook', 'baidu')";
            case Q22 ->
                "SELECT auction, bidder, price, channel, split_part(url, '/', 4) AS dir1, split_part(url, '/', 5) AS dir2,"
                        + " split_part(url, '/', 6) AS dir3 FROM bid";
            case YAHOO ->
                "SELECT window.start AS start, campaign, count(*) AS n"
                        + " FROM ad JOIN campaign ON ad.ad = campaign.ad WHERE type = 'view'"
                        + " GROUP BY window(time, '10 seconds'), campaign";
            case WORDS ->
                "SELECT word, count(*) AS n FROM (SELECT explode(split(value, ' ')) AS word FROM line) GROUP BY word";
        };
    }
}
