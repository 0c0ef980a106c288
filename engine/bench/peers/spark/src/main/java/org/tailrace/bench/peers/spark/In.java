package org.tailrace.bench.peers.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.data.Ads;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Passing;
import org.tailrace.bench.data.Query;
import org.tailrace.bench.data.Texts;

/** The data as Spark's columns, without a copy; of strings, each entry of a dictionary is one {@link UTF8String}. */
final class In {
    private static @Nullable Query query;
    private static @Nullable Data data;
    private static @Nullable Passing passing;
    private static IntConsumer planned = block -> {};
    private static final Map<Texts, UTF8String[]> STRINGS = new IdentityHashMap<>();

    private In() {}

    static synchronized void set(Query asked, Data to) {
        query = asked;
        data = to;
        STRINGS.clear();
    }

    /** @param onPlan is told the number of each block as its batch is planned */
    static synchronized void set(Passing to, IntConsumer onPlan) {
        passing = to;
        planned = onPlan;
    }

    private static Passing passing() {
        return Objects.requireNonNull(passing);
    }

    static void planned(int block) {
        planned.accept(block);
    }

    private static Data data() {
        return Objects.requireNonNull(data);
    }

    static List<String> tables(Query.Reads reads) {
        return switch (reads) {
            case BIDS -> List.of("bid");
            case AUCTIONS_AND_BIDS -> List.of("auction", "bid");
            case PERSONS_AND_AUCTIONS -> List.of("person", "auction");
            case ADS -> List.of("ad");
            case LINES -> List.of("line");
        };
    }

    static StructType schema(String table) {
        return StructType.fromDDL(
                switch (table) {
                    case "bid" ->
                        "auction bigint, bidder bigint, price bigint, channel string, url string, dateTime timestamp,"
                                + " extra string";
                    case "auction" ->
                        "id bigint, item string, seller bigint, category bigint, initialBid bigint, dateTime timestamp,"
                                + " expires timestamp";
                    case "person" -> "id bigint, name string, city string, state string, dateTime timestamp";
                    case "ad" -> "ad string, type string, time timestamp";
                    case Passing.TABLE -> Passing.SCHEMA;
                    default -> "value string";
                });
    }

    /** Where each micro-batch ends; the last, of one row, closes the windows where there are some. */
    static int[] ends(String table) {
        if (table.equals(Passing.TABLE)) {
            return passing().before;
        }
        int[] ends = switch (table) {
            case "bid" -> data().events().bidsBefore;
            case "auction" -> data().events().auctionsBefore;
            case "person" -> data().events().personsBefore;
            case "ad" -> blocks(data().ads().events);
            default -> blocks(data().lines().count);
        };
        if (!Objects.requireNonNull(query).windows) {
            return ends;
        }
        int[] closed = Arrays.copyOf(ends, ends.length + 1);
        closed[ends.length] = ends[ends.length - 1] + 1;
        return closed;
    }

    private static int[] blocks(int rows) {
        int batch = data().batch();
        int[] ends = new int[(rows + batch - 1) / batch + 1];
        Arrays.setAll(ends, i -> Math.min(i * batch, rows));
        return ends;
    }

    static Dataset<Row> campaigns(SparkSession spark) {
        Ads in = data().ads();
        int[] owners = in.owners();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < owners.length; i++) {
            rows.add(RowFactory.create(in.ads.values[i], in.campaigns.values[owners[i]]));
        }
        return spark.createDataFrame(rows, StructType.fromDDL("ad string, campaign string"));
    }

    private static synchronized ColumnVector texts(int[] codes, Texts texts, int from) {
        return new Vectors.Codes(
                codes,
                STRINGS.computeIfAbsent(
                        texts,
                        all -> Arrays.stream(all.values)
                                .map(UTF8String::fromString)
                                .toArray(UTF8String[]::new)),
                from);
    }

    /** A column from a row on. */
    static ColumnVector column(String table, String name, int from) {
        return switch (table) {
            case "bid" -> bid(name, data().events(), from);
            case "auction" -> auction(name, data().events(), from);
            case "person" -> person(name, data().events(), from);
            case "ad" -> ad(name, data().ads(), from);
            case Passing.TABLE -> passing(name, from);
            default -> new Vectors.Slices(data().lines(), from);
        };
    }

    private static ColumnVector passing(String name, int from) {
        return switch (name) {
            case "k" -> Vectors.longs(passing().key, from);
            case "v" -> Vectors.longs(passing().value, from);
            default -> Vectors.times(passing().time, from);
        };
    }

    private static ColumnVector bid(String name, Events in, int from) {
        return switch (name) {
            case "auction" -> Vectors.longs(in.bidAuction, from);
            case "bidder" -> Vectors.longs(in.bidder, from);
            case "price" -> Vectors.longs(in.price, from);
            case "channel" -> texts(in.channel, in.channels, from);
            case "url" -> texts(in.channel, in.urls, from);
            case "dateTime" -> Vectors.times(in.bidTime, from);
            default -> texts(in.extra, in.extras, from);
        };
    }

    private static ColumnVector auction(String name, Events in, int from) {
        return switch (name) {
            case "id" -> Vectors.longs(in.auctionId, from);
            case "item" -> texts(in.item, in.items, from);
            case "seller" -> Vectors.longs(in.seller, from);
            case "category" -> Vectors.longs(in.category, from);
            case "initialBid" -> Vectors.longs(in.initialBid, from);
            case "dateTime" -> Vectors.times(in.auctionTime, from);
            default -> Vectors.times(in.expires, from);
        };
    }

    private static ColumnVector person(String name, Events in, int from) {
        return switch (name) {
            case "id" -> Vectors.longs(in.personId, from);
            case "name" -> texts(in.name, in.names, from);
            case "city" -> texts(in.city, in.cities, from);
            case "state" -> texts(in.state, in.states, from);
            default -> Vectors.times(in.personTime, from);
        };
    }

    private static ColumnVector ad(String name, Ads in, int from) {
        return switch (name) {
            case "ad" -> texts(in.ad, in.ads, from);
            case "type" -> texts(in.type, in.types, from);
            default -> Vectors.times(in.time, from);
        };
    }
}
