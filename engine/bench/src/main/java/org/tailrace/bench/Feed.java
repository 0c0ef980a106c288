package org.tailrace.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tailrace.data.Batch;
import org.tailrace.data.BytesColumn;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.LongColumn;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;

/** The data as the engine's columns, in blocks: for each table, what a batch adds to it. Strings are dictionary codes. */
final class Feed {
    final Map<String, List<Batch>> streams = new LinkedHashMap<>();
    final Map<String, Batch> tables = new LinkedHashMap<>();

    Feed(Question question, Data data) {
        switch (question) {
            case YAHOO -> ads(Objects.requireNonNull(data.ads()), data.batch());
            case WORDS -> lines(Objects.requireNonNull(data.lines()), data.batch());
            case Q20 -> {
                auctions(data.events());
                bids(data.events());
            }
            default -> bids(data.events());
        }
    }

    private static Schema schema(String ddl) {
        return DdlParser.schema("bench", ddl);
    }

    private static Column longs(long[] values, int from, int to) {
        return new LongColumn(DataType.BIGINT, Arrays.copyOfRange(values, from, to), null);
    }

    private static Column times(long[] values, int from, int to) {
        return new LongColumn(DataType.TIMESTAMP, Arrays.copyOfRange(values, from, to), null);
    }

    private static Column codes(int[] codes, Texts texts, int from, int to) {
        return new BytesColumn(DataType.STRING, Arrays.copyOfRange(codes, from, to), texts.dictionary, null);
    }

    private void bids(Events in) {
        Schema schema = schema("auction bigint, bidder bigint, price bigint, channel string, url string,"
                + " dateTime timestamp, extra string");
        var blocks = new ArrayList<Batch>();
        for (int i = 1; i < in.bidsBefore.length; i++) {
            int from = in.bidsBefore[i - 1];
            int to = in.bidsBefore[i];
            blocks.add(new Batch(
                    schema,
                    to - from,
                    List.of(
                            longs(in.bidAuction, from, to),
                            longs(in.bidder, from, to),
                            longs(in.price, from, to),
                            codes(in.channel, in.channels, from, to),
                            codes(in.url, in.urls, from, to),
                            times(in.bidTime, from, to),
                            codes(in.extra, in.extras, from, to))));
        }
        streams.put("bid", blocks);
    }

    private void auctions(Events in) {
        Schema schema = schema(
                "id bigint, item string, seller bigint, category bigint, initialBid bigint," + " dateTime timestamp");
        var blocks = new ArrayList<Batch>();
        for (int i = 1; i < in.auctionsBefore.length; i++) {
            int from = in.auctionsBefore[i - 1];
            int to = in.auctionsBefore[i];
            blocks.add(new Batch(
                    schema,
                    to - from,
                    List.of(
                            longs(in.auctionId, from, to),
                            codes(in.item, in.items, from, to),
                            longs(in.seller, from, to),
                            longs(in.category, from, to),
                            longs(in.initialBid, from, to),
                            times(in.auctionTime, from, to))));
        }
        streams.put("auction", blocks);
    }

    private void ads(Ads in, int batch) {
        Schema schema = schema("ad string, type string, time timestamp");
        var blocks = new ArrayList<Batch>();
        for (int from = 0; from < in.events; ) {
            int to = Math.min(from + batch, from < in.events - 1 ? in.events - 1 : in.events);
            blocks.add(new Batch(
                    schema,
                    to - from,
                    List.of(
                            codes(in.ad, in.ads, from, to),
                            codes(in.type, in.types, from, to),
                            times(in.time, from, to))));
            from = to;
        }
        streams.put("ad", blocks);
        int[] all = new int[1000];
        Arrays.setAll(all, i -> i);
        int[] owners = new int[1000];
        Arrays.setAll(owners, Ads::campaign);
        tables.put(
                "campaign",
                new Batch(
                        schema("ad string, campaign string"),
                        1000,
                        List.of(codes(all, in.ads, 0, 1000), codes(owners, in.campaigns, 0, 1000))));
    }

    private void lines(Lines in, int batch) {
        Schema schema = schema("value string");
        var blocks = new ArrayList<Batch>();
        for (int from = 0; from < in.count; from += batch) {
            int to = Math.min(from + batch, in.count);
            int start = in.offsets[from];
            int[] offsets = new int[to - from + 1];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = in.offsets[from + i] - start;
            }
            byte[] bytes = Arrays.copyOfRange(in.bytes, start, in.offsets[to]);
            blocks.add(new Batch(schema, to - from, List.of(new BytesColumn(DataType.STRING, bytes, offsets, null))));
        }
        streams.put("line", blocks);
    }

    /** The column that a watermark is on; a word has none. */
    static String eventTime(String table) {
        return table.equals("line") ? "" : table.equals("ad") ? "time" : "dateTime";
    }
}
