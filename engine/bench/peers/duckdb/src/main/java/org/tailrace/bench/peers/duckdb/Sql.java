package org.tailrace.bench.peers.duckdb;

import org.tailrace.bench.data.Query;

/** The queries as DuckDB is asked. */
final class Sql {
    private static final String WINDOW = "ts // 10000000 * 10000000";
    private static final String DAY = "DATE '1970-01-01' + CAST(ts // 86400000000 AS INTEGER)";
    private static final String LOW = " FILTER (price < 10000)";
    private static final String MIDDLE = " FILTER (price >= 10000 AND price < 1000000)";
    private static final String HIGH = " FILTER (price >= 1000000)";
    private static final String BY_PRICE = byPrice("count(*)");
    private static final String DISTINCT =
            byPrice("count(DISTINCT bidder)") + ", " + byPrice("count(DISTINCT auction)");
    private static final String WHILE_OPEN =
            " FROM auction a JOIN bid b ON a.id = b.auction AND b.ts BETWEEN a.ts AND a.expires";
    private static final String NUMBER = "regexp_extract(url, '(&|^)channel_id=([^&]*)', 2)";

    private Sql() {}

    private static String byPrice(String count) {
        return count + ", " + count + LOW + ", " + count + MIDDLE + ", " + count + HIGH;
    }

    static String text(Query query) {
        return switch (query) {
            case Q0 -> "SELECT auction, bidder, price, ts, extra FROM bid";
            case Q1 -> "SELECT auction, bidder, price * 908, ts, extra FROM bid";
            case Q2 -> "SELECT auction, price FROM bid WHERE auction % 123 = 0";
            case Q3 ->
                "SELECT name, city, state, a.id FROM auction a JOIN person p ON a.seller = p.id"
                        + " WHERE category = 10 AND state IN ('OR', 'ID', 'CA')";
            case Q4 ->
                "SELECT opened // 10000000 * 10000000, category, avg(dearest) FROM (SELECT a.id, category,"
                        + " a.ts opened, max(price) dearest" + WHILE_OPEN
                        + " GROUP BY a.id, category, a.ts) GROUP BY 1, 2";
            case Q5 ->
                "SELECT w * 2000000, max(n) FROM (SELECT auction, slice - k w, sum(part) n FROM"
                        + " (SELECT auction, ts // 2000000 slice, count(*) part FROM bid GROUP BY 1, 2),"
                        + " range(5) r(k) GROUP BY 1, 2) GROUP BY w";
            case Q7 -> "SELECT " + WINDOW + ", max(price) FROM bid GROUP BY 1";
            case Q8 ->
                "SELECT id, name, p.w FROM (SELECT DISTINCT id, name, " + WINDOW + " w FROM person) p"
                        + " JOIN (SELECT DISTINCT seller, " + WINDOW + " w FROM auction) s"
                        + " ON p.id = s.seller AND p.w = s.w";
            case Q9 ->
                "SELECT id, item, seller, category, won.bidder, won.price, won.ts FROM (SELECT a.id, item,"
                        + " seller, category, arg_max({bidder: bidder, price: price, ts: b.ts}, price) won"
                        + WHILE_OPEN + " GROUP BY a.id, item, seller, category)";
            case Q11 ->
                "SELECT bidder, min(ts), count(*) FROM (SELECT bidder, ts, sum(fresh) OVER (PARTITION BY bidder"
                        + " ORDER BY ts ROWS UNBOUNDED PRECEDING) s FROM (SELECT bidder, ts, CASE WHEN ts - lag(ts)"
                        + " OVER (PARTITION BY bidder ORDER BY ts) >= 10000000 THEN 1 ELSE 0 END fresh FROM bid))"
                        + " GROUP BY bidder, s";
            case Q12 -> "SELECT " + WINDOW + ", bidder, count(*) FROM bid GROUP BY 1, 2";
            case Q14 ->
                "SELECT auction, bidder, price * 908, CASE WHEN ts // 3600000000 % 24 BETWEEN 8 AND 18 THEN"
                        + " 'dayTime' WHEN ts // 3600000000 % 24 <= 6 OR ts // 3600000000 % 24 >= 20 THEN"
                        + " 'nightTime' ELSE 'otherTime' END, ts, extra, length(extra) - length(replace(extra, 'c',"
                        + " '')) FROM bid WHERE price * 908 > 1000000000 AND price * 908 < 50000000000";
            case Q15 -> "SELECT " + DAY + ", " + BY_PRICE + ", " + DISTINCT + " FROM bid GROUP BY 1";
            case Q16 ->
                "SELECT channel, " + DAY + ", strftime(make_timestamp(max(ts)), '%H:%M'), " + BY_PRICE + ", " + DISTINCT
                        + " FROM bid GROUP BY 1, 2";
            case Q17 ->
                "SELECT auction, " + DAY + ", " + BY_PRICE + ", min(price), max(price), avg(price), sum(price)"
                        + " FROM bid GROUP BY 1, 2";
            case Q18 ->
                "SELECT bidder, auction, won.* FROM (SELECT bidder, auction, arg_max({price: price, channel:"
                        + " channel, url: url, ts: ts, extra: extra}, ts) won FROM bid GROUP BY bidder, auction)";
            case Q19 ->
                "SELECT auction, rank, bidder, price, ts FROM (SELECT *, row_number() OVER (PARTITION BY auction"
                        + " ORDER BY price DESC, ts) rank FROM bid) WHERE rank <= 10";
            case Q20 ->
                "SELECT auction, bidder, price, b.ts, item, seller, initialBid FROM bid b JOIN auction a"
                        + " ON b.auction = a.id WHERE category = 10";
            case Q21 ->
                "SELECT auction, bidder, price, channel, CASE lower(channel) WHEN 'apple' THEN '0' WHEN 'google'"
                        + " THEN '1' WHEN 'facebook' THEN '2' WHEN 'baidu' THEN '3' ELSE " + NUMBER
                        + " END FROM bid WHERE " + NUMBER
                        + " <> '' OR lower(channel) IN ('apple', 'google', 'facebook', 'baidu')";
            case Q22 ->
                "SELECT auction, bidder, price, channel, split_part(url, '/', 4), split_part(url, '/', 5),"
                        + " split_part(url, '/', 6) FROM bid";
            case YAHOO ->
                "SELECT " + WINDOW + ", campaign, count(*) FROM ad JOIN campaign USING (ad)"
                        + " WHERE type = 'view' GROUP BY 1, 2";
            case WORDS ->
                "SELECT word, count(*) FROM (SELECT unnest(string_split(value, ' ')) word FROM line) GROUP BY 1";
        };
    }
}
