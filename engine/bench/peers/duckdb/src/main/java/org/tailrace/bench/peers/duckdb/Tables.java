package org.tailrace.bench.peers.duckdb;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.tailrace.bench.data.Ads;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Lines;
import org.tailrace.bench.data.Query;

/** The data as tables; times are microseconds. */
final class Tables {
    private final DuckDBConnection connection;

    Tables(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** @return how many rows the tables of events have */
    long load(Query.Reads reads, Data data) throws SQLException {
        return switch (reads) {
            case BIDS -> bids(data.events());
            case AUCTIONS_AND_BIDS -> auctions(data.events()) + bids(data.events());
            case PERSONS_AND_AUCTIONS -> persons(data.events()) + auctions(data.events());
            case ADS -> ads(data.ads());
            case LINES -> lines(data.lines());
        };
    }

    private interface Filler {
        void row(DuckDBAppender into, int row) throws SQLException;
    }

    private long table(String name, String columns, int rows, Filler filler) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + "(" + columns + ")");
        }
        try (DuckDBAppender into = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, name)) {
            for (int row = 0; row < rows; row++) {
                into.beginRow();
                filler.row(into, row);
                into.endRow();
            }
        }
        return rows;
    }

    private long bids(Events in) throws SQLException {
        return table(
                "bid",
                "auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR, ts BIGINT, extra VARCHAR",
                in.bids,
                (into, row) -> {
                    into.append(in.bidAuction[row]);
                    into.append(in.bidder[row]);
                    into.append(in.price[row]);
                    into.append(in.channels.values[in.channel[row]]);
                    into.append(in.urls.values[in.channel[row]]);
                    into.append(in.bidTime[row]);
                    into.append(in.extras.values[in.extra[row]]);
                });
    }

    private long auctions(Events in) throws SQLException {
        return table(
                "auction",
                "id BIGINT, item VARCHAR, seller BIGINT, category BIGINT, initialBid BIGINT, ts BIGINT, expires BIGINT",
                in.auctions,
                (into, row) -> {
                    into.append(in.auctionId[row]);
                    into.append(in.items.values[in.item[row]]);
                    into.append(in.seller[row]);
                    into.append(in.category[row]);
                    into.append(in.initialBid[row]);
                    into.append(in.auctionTime[row]);
                    into.append(in.expires[row]);
                });
    }

    private long persons(Events in) throws SQLException {
        return table(
                "person",
                "id BIGINT, name VARCHAR, city VARCHAR, state VARCHAR, ts BIGINT",
                in.persons,
                (into, row) -> {
                    into.append(in.personId[row]);
                    into.append(in.names.values[in.name[row]]);
                    into.append(in.cities.values[in.city[row]]);
                    into.append(in.states.values[in.state[row]]);
                    into.append(in.personTime[row]);
                });
    }

    private long ads(Ads in) throws SQLException {
        int[] owners = in.owners();
        table("campaign", "ad VARCHAR, campaign VARCHAR", owners.length, (into, row) -> {
            into.append(in.ads.values[row]);
            into.append(in.campaigns.values[owners[row]]);
        });
        return table("ad", "ad VARCHAR, type VARCHAR, ts BIGINT", in.events, (into, row) -> {
            into.append(in.ads.values[in.ad[row]]);
            into.append(in.types.values[in.type[row]]);
            into.append(in.time[row]);
        });
    }

    private long lines(Lines in) throws SQLException {
        return table("line", "value VARCHAR", in.count, (into, row) -> {
            int start = in.offsets[row];
            into.append(new String(in.bytes, start, in.offsets[row + 1] - start, StandardCharsets.UTF_8));
        });
    }
}
