package org.tailrace.bench.ours;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tailrace.bench.data.Ads;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Lines;
import org.tailrace.bench.data.Query;
import org.tailrace.bench.data.Texts;
import org.tailrace.data.Batch;
import org.tailrace.data.BytesColumn;
import org.tailrace.data.Column;
import org.tailrace.data.DataType;
import org.tailrace.data.Dictionary;
import org.tailrace.data.LongColumn;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;

/** The data as the engine's columns, in blocks: for each table, what a batch adds to it. */
final class Feed {
    final Map<String, List<Batch>> streams = new LinkedHashMap<>();
    final Map<String, Batch> tables = new LinkedHashMap<>();
    /** How many rows are there only to close windows. */
    final int closing;

    private final boolean raw;
    private final boolean closes;
    private final Map<Texts, Dictionary> dictionaries = new LinkedHashMap<>();

    /** @param raw strings as plain UTF-8 and not as dictionary codes */
    Feed(Query query, Data data, boolean raw) {
        this.raw = raw;
        this.closes = query.windows;
        switch (query.reads) {
            case ADS -> ads(data.ads(), data.batch());
            case LINES -> lines(data.lines(), data.batch());
            case BIDS -> bids(data.events());
            case AUCTIONS_AND_BIDS -> {
                auctions(data.events());
                bids(data.events());
            }
            case PERSONS_AND_AUCTIONS -> {
                persons(data.events());
                auctions(data.events());
            }
        }
        closing = closes ? streams.size() : 0;
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

    private Column texts(int[] codes, Texts texts, int from, int to) {
        if (!raw) {
            Dictionary dictionary = dictionaries.computeIfAbsent(texts, all -> new Dictionary(all.bytes, all.offsets));
            return new BytesColumn(DataType.STRING, Arrays.copyOfRange(codes, from, to), dictionary, null);
        }
        int[] offsets = new int[to - from + 1];
        for (int i = from; i < to; i++) {
            offsets[i - from + 1] = offsets[i - from] + texts.offsets[codes[i] + 1] - texts.offsets[codes[i]];
        }
        byte[] bytes = new byte[offsets[to - from]];
        for (int i = from; i < to; i++) {
            int start = offsets[i - from];
            System.arraycopy(texts.bytes, texts.offsets[codes[i]], bytes, start, offsets[i - from + 1] - start);
        }
        return new BytesColumn(DataType.STRING, bytes, offsets, null);
    }

    private interface Block {
        List<Column> columns(int from, int to);
    }

    private void stream(String name, Schema schema, int[] before, Block block) {
        var blocks = new ArrayList<Batch>();
        for (int i = 1; i < before.length; i++) {
            blocks.add(new Batch(schema, before[i] - before[i - 1], block.columns(before[i - 1], before[i])));
        }
        if (closes) {
            int last = before[before.length - 1];
            blocks.add(new Batch(schema, 1, block.columns(last, last + 1)));
        }
        streams.put(name, blocks);
    }

    private void bids(Events in) {
        stream(
                "bid",
                schema("auction bigint, bidder bigint, price bigint, channel string, url string, dateTime timestamp,"
                        + " extra string"),
                in.bidsBefore,
                (from, to) -> List.of(
                        longs(in.bidAuction, from, to),
                        longs(in.bidder, from, to),
                        longs(in.price, from, to),
                        texts(in.channel, in.channels, from, to),
                        texts(in.channel, in.urls, from, to),
                        times(in.bidTime, from, to),
                        texts(in.extra, in.extras, from, to)));
    }

    private void auctions(Events in) {
        stream(
                "auction",
                schema("id bigint, item string, seller bigint, category bigint, initialBid bigint, dateTime timestamp,"
                        + " expires timestamp"),
                in.auctionsBefore,
                (from, to) -> List.of(
                        longs(in.auctionId, from, to),
                        texts(in.item, in.items, from, to),
                        longs(in.seller, from, to),
                        longs(in.category, from, to),
                        longs(in.initialBid, from, to),
                        times(in.auctionTime, from, to),
                        times(in.expires, from, to)));
    }

    private void persons(Events in) {
        stream(
                "person",
                schema("id bigint, name string, city string, state string, dateTime timestamp"),
                in.personsBefore,
                (from, to) -> List.of(
                        longs(in.personId, from, to),
                        texts(in.name, in.names, from, to),
                        texts(in.city, in.cities, from, to),
                        texts(in.state, in.states, from, to),
                        times(in.personTime, from, to)));
    }

    private static int[] before(int rows, int batch) {
        int[] before = new int[(rows + batch - 1) / batch + 1];
        Arrays.setAll(before, i -> Math.min(i * batch, rows));
        return before;
    }

    private void ads(Ads in, int batch) {
        stream(
                "ad",
                schema("ad string, type string, time timestamp"),
                before(in.events, batch),
                (from, to) -> List.of(
                        texts(in.ad, in.ads, from, to), texts(in.type, in.types, from, to), times(in.time, from, to)));
        int[] all = new int[1000];
        Arrays.setAll(all, i -> i);
        tables.put(
                "campaign",
                new Batch(
                        schema("ad string, campaign string"),
                        1000,
                        List.of(texts(all, in.ads, 0, 1000), texts(in.owners(), in.campaigns, 0, 1000))));
    }

    private void lines(Lines in, int batch) {
        stream("line", schema("value string"), before(in.count, batch), (from, to) -> {
            int start = in.offsets[from];
            int[] offsets = new int[to - from + 1];
            Arrays.setAll(offsets, i -> in.offsets[from + i] - start);
            byte[] bytes = Arrays.copyOfRange(in.bytes, start, in.offsets[to]);
            return List.of(new BytesColumn(DataType.STRING, bytes, offsets, null));
        });
    }

    /** The column that a watermark is on; a line has none. */
    static String eventTime(String table) {
        return table.equals("line") ? "" : table.equals("ad") ? "time" : "dateTime";
    }
}
