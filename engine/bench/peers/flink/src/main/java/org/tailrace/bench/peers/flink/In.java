package org.tailrace.bench.peers.flink;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.data.Ads;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Lines;
import org.tailrace.bench.data.Texts;

/** The data as Flink's columns: of strings, each entry of a dictionary is one {@link StringData}, made beforehand. */
final class In {
    static final LongAdder READ = new LongAdder();

    private static @Nullable Data data;
    private static final Map<Texts, StringData[]> STRINGS = new IdentityHashMap<>();

    private In() {}

    /** A column: the value of a row. */
    interface Col {
        Object at(int row);
    }

    static synchronized void set(Data to) {
        data = to;
        STRINGS.clear();
    }

    private static Data data() {
        return Objects.requireNonNull(data);
    }

    static Ads ads() {
        return data().ads();
    }

    static int rows(String table) {
        return switch (table) {
            case "bid" -> data().events().bids;
            case "auction" -> data().events().auctions;
            case "person" -> data().events().persons;
            case "ad" -> data().ads().events;
            default -> data().lines().count;
        };
    }

    private static Col longs(long[] values) {
        return row -> values[row];
    }

    private static Col times(long[] micros) {
        return row -> TimestampData.fromEpochMillis(micros[row] / 1000);
    }

    private static synchronized Col texts(int[] codes, Texts texts) {
        StringData[] strings = STRINGS.computeIfAbsent(
                texts,
                t -> Arrays.stream(t.values)
                        .map(value -> {
                            var string = (BinaryStringData) StringData.fromString(value);
                            string.ensureMaterialized();
                            return string;
                        })
                        .toArray(StringData[]::new));
        return row -> strings[codes[row]];
    }

    private static Col lines(Lines in) {
        return row -> StringData.fromBytes(in.bytes, in.offsets[row], in.offsets[row + 1] - in.offsets[row]);
    }

    static Col column(String table, String name) {
        return switch (table) {
            case "bid" -> bid(name, data().events());
            case "auction" -> auction(name, data().events());
            case "person" -> person(name, data().events());
            case "ad" -> ad(name, data().ads());
            default -> lines(data().lines());
        };
    }

    private static Col bid(String name, Events in) {
        return switch (name) {
            case "auction" -> longs(in.bidAuction);
            case "bidder" -> longs(in.bidder);
            case "price" -> longs(in.price);
            case "channel" -> texts(in.channel, in.channels);
            case "url" -> texts(in.channel, in.urls);
            case "dateTime" -> times(in.bidTime);
            default -> texts(in.extra, in.extras);
        };
    }

    private static Col auction(String name, Events in) {
        return switch (name) {
            case "id" -> longs(in.auctionId);
            case "item" -> texts(in.item, in.items);
            case "seller" -> longs(in.seller);
            case "category" -> longs(in.category);
            case "initialBid" -> longs(in.initialBid);
            case "dateTime" -> times(in.auctionTime);
            default -> times(in.expires);
        };
    }

    private static Col person(String name, Events in) {
        return switch (name) {
            case "id" -> longs(in.personId);
            case "name" -> texts(in.name, in.names);
            case "city" -> texts(in.city, in.cities);
            case "state" -> texts(in.state, in.states);
            default -> times(in.personTime);
        };
    }

    private static Col ad(String name, Ads in) {
        return switch (name) {
            case "ad" -> texts(in.ad, in.ads);
            case "type" -> texts(in.type, in.types);
            default -> times(in.time);
        };
    }
}
