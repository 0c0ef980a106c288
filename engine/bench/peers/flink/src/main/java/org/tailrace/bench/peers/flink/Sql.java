package org.tailrace.bench.peers.flink;

import java.util.List;
import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Query;

/** The queries as Flink is asked. */
final class Sql {
    static final List<String> TABLES = List.of(
            table(
                    "bid",
                    "auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3),"
                            + " extra STRING",
                    "dateTime"),
            table(
                    "auction",
                    "id BIGINT, item STRING, seller BIGINT, category BIGINT, initialBid BIGINT, `dateTime` TIMESTAMP(3),"
                            + " expires TIMESTAMP(3)",
                    "dateTime"),
            table("person", "id BIGINT, name STRING, city STRING, state STRING, `dateTime` TIMESTAMP(3)", "dateTime"),
            table("ad", "ad STRING, type STRING, `time` TIMESTAMP(3)", "time"),
            "CREATE TABLE line (v STRING) WITH ('connector' = 'arrays', 'table' = 'line')");

    /** Uses the function {@code campaign}. */
    static final String VIEWS = "CREATE VIEW looked_at AS SELECT campaign(ad) AS c, `time` FROM ad WHERE type = 'view'";

    private static final String LOW = " FILTER (WHERE price < 10000)";
    private static final String MIDDLE = " FILTER (WHERE price >= 10000 AND price < 1000000)";
    private static final String HIGH = " FILTER (WHERE price >= 1000000)";
    private static final String BY_PRICE = byPrice("count(*)");
    private static final String DISTINCT =
            byPrice("count(DISTINCT bidder)") + ", " + byPrice("count(DISTINCT auction)");
    private static final String DAY = "DATE_FORMAT(`dateTime`, 'yyyy-MM-dd')";
    private static final String NUMBER = "REGEXP_EXTRACT(url, '(&|^)channel_id=([^&]*)', 2)";
    private static final String TUMBLE =
            "TABLE(TUMBLE(TABLE %s, DESCRIPTOR(`%s`), INTERVAL '10' SECOND)) GROUP BY window_start, window_end";

    private Sql() {}

    private static String table(String name, String columns, String time) {
        return "CREATE TABLE " + name + " (" + columns + ", WATERMARK FOR `" + time + "` AS `" + time
                + "` - INTERVAL '4' SECOND) WITH ('connector' = 'arrays', 'table' = '" + name + "')";
    }

    private static String byPrice(String count) {
        return count + ", " + count + LOW + ", " + count + MIDDLE + ", " + count + HIGH;
    }

    /** @param perSecond events in a second of event time, which says how long auctions are open */
    static String text(Query query, int perSecond) {
        String whileOpen = " FROM auction A JOIN bid B ON A.id = B.auction AND B.`dateTime` BETWEEN A.`dateTime` AND"
                + " A.`dateTime` + INTERVAL '" + Events.longestSeconds(perSecond)
                + "' SECOND AND B.`dateTime` <= A.expires";
        return switch (query) {
            case Q0 -> "SELECT auction, bidder, price, `dateTime`, extra FROM bid";
            case Q1 -> "SELECT auction, bidder, price * 908 AS price, `dateTime`, extra FROM bid";
            case Q2 -> "SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0";
            case Q3 ->
                "SELECT P.name, P.city, P.state, A.id FROM auction A JOIN person P ON A.seller = P.id"
                        + " WHERE A.category = 10 AND P.state IN ('OR', 'ID', 'CA')";
            case Q4 ->
                "SELECT w * 10000000, category, AVG(CAST(dearest AS DOUBLE)) FROM (SELECT A.id, A.category,"
                        + " EXTRACT(EPOCH FROM A.`dateTime`) / 10 AS w, MAX(B.price) AS dearest" + whileOpen
                        + " GROUP BY A.id, A.category, EXTRACT(EPOCH FROM A.`dateTime`) / 10) GROUP BY w, category";
            case Q5 ->
                "SELECT window_start, MAX(n) AS most FROM (SELECT auction, COUNT(*) AS n, window_start, window_end FROM"
                        + " TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))"
                        + " GROUP BY auction, window_start, window_end) GROUP BY window_start, window_end";
            case Q7 -> "SELECT window_start, MAX(price) AS most FROM " + TUMBLE.formatted("bid", "dateTime");
            case Q8 ->
                "SELECT P.id, P.name, P.window_start FROM (SELECT id, name, window_start, window_end FROM "
                        + TUMBLE.formatted("person", "dateTime")
                        + ", id, name) P JOIN (SELECT seller, window_start, window_end FROM "
                        + TUMBLE.formatted("auction", "dateTime") + ", seller) S ON P.id = S.seller"
                        + " AND P.window_start = S.window_start AND P.window_end = S.window_end";
            case Q9 ->
                "SELECT id, item, seller, category, bidder, price, won FROM (SELECT A.id, A.item, A.seller, A.category,"
                        + " B.bidder, B.price, B.`dateTime` AS won, ROW_NUMBER() OVER (PARTITION BY A.id"
                        + " ORDER BY B.price DESC, B.`dateTime` ASC) AS place" + whileOpen + ") WHERE place <= 1";
            case Q11 ->
                "SELECT bidder, window_start, COUNT(*) AS n FROM TABLE(SESSION(TABLE bid PARTITION BY bidder,"
                        + " DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)) GROUP BY bidder, window_start, window_end";
            case Q12 ->
                "SELECT window_start, bidder, COUNT(*) AS n FROM " + TUMBLE.formatted("bid", "dateTime") + ", bidder";
            case Q14 ->
                "SELECT auction, bidder, price * 908 AS price, CASE WHEN HOUR(`dateTime`) >= 8 AND HOUR(`dateTime`) <= 18"
                        + " THEN 'dayTime' WHEN HOUR(`dateTime`) <= 6 OR HOUR(`dateTime`) >= 20 THEN 'nightTime'"
                        + " ELSE 'otherTime' END AS part, `dateTime`, extra,"
                        + " CHAR_LENGTH(extra) - CHAR_LENGTH(REPLACE(extra, 'c', '')) AS cs"
                        + " FROM bid WHERE price * 908 > 1000000000 AND price * 908 < 50000000000";
            case Q15 -> "SELECT " + DAY + ", " + BY_PRICE + ", " + DISTINCT + " FROM bid GROUP BY " + DAY;
            case Q16 ->
                "SELECT channel, " + DAY + ", MAX(DATE_FORMAT(`dateTime`, 'HH:mm')), " + BY_PRICE + ", " + DISTINCT
                        + " FROM bid GROUP BY channel, " + DAY;
            case Q17 ->
                "SELECT auction, " + DAY + ", " + BY_PRICE + ", MIN(price), MAX(price), AVG(CAST(price AS DOUBLE)),"
                        + " SUM(price) FROM bid GROUP BY auction, " + DAY;
            case Q18 ->
                "SELECT bidder, auction, price, channel, url, `dateTime`, extra FROM (SELECT *, ROW_NUMBER() OVER"
                        + " (PARTITION BY bidder, auction ORDER BY `dateTime` DESC) AS place FROM bid) WHERE place <= 1";
            case Q19 ->
                "SELECT auction, place, bidder, price, `dateTime` FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction"
                        + " ORDER BY price DESC, `dateTime` ASC) AS place FROM bid) WHERE place <= 10";
            case Q20 ->
                "SELECT auction, bidder, price, B.`dateTime`, item, seller, initialBid FROM bid B"
                        + " JOIN auction A ON B.auction = A.id WHERE A.category = 10";
            case Q21 ->
                "SELECT auction, bidder, price, channel, CASE LOWER(channel) WHEN 'apple' THEN '0' WHEN 'google' THEN '1'"
                        + " WHEN 'facebook' THEN '2' WHEN 'baidu' THEN '3' ELSE " + NUMBER + " END AS number FROM bid"
                        + " WHERE " + NUMBER
                        + " IS NOT NULL OR LOWER(channel) IN ('apple', 'google', 'facebook', 'baidu')";
            case Q22 ->
                "SELECT auction, bidder, price, channel, SPLIT_INDEX(url, '/', 3) AS dir1,"
                        + " SPLIT_INDEX(url, '/', 4) AS dir2, SPLIT_INDEX(url, '/', 5) AS dir3 FROM bid";
            case YAHOO ->
                "SELECT window_start, c, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE looked_at, DESCRIPTOR(`time`),"
                        + " INTERVAL '10' SECOND)) GROUP BY window_start, window_end, c";
            case WORDS -> "SELECT w, COUNT(*) AS n FROM line, LATERAL TABLE(words(v)) AS T(w) GROUP BY w";
        };
    }
}
