package org.tailrace.bench.peers.jet;

import com.hazelcast.function.ComparatorEx;
import com.hazelcast.function.FunctionEx;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.GeneralStage;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.jet.pipeline.WindowDefinition;
import java.time.LocalDate;
import org.tailrace.bench.data.Query;

/** The queries as Jet is asked. Times of windows are milliseconds there. */
final class Pipelines {
    private static final long LAG = 4_000;
    private static final long TEN_SECONDS = 10_000;
    private static final long SLIDE = 2_000;
    private static final long DAY = 86_400_000_000L;

    private Pipelines() {}

    static GeneralStage<Object[]> of(Query query, Pipeline p) {
        return switch (query) {
            case Q0 -> In.bids(p).map(b -> row(auction(b), bidder(b), price(b), time(b), extra(b)));
            case Q1 -> In.bids(p).map(b -> row(auction(b), bidder(b), price(b) * 908, time(b), extra(b)));
            case Q2 -> In.bids(p).filter(b -> auction(b) % 123 == 0).map(b -> row(auction(b), price(b)));
            case Q3 -> Joins.sellers(p);
            case Q4 -> Joins.means(p);
            case Q5 -> hottest(p);
            case Q7 ->
                stream(In.bids(p))
                        .window(WindowDefinition.tumbling(TEN_SECONDS))
                        .aggregate(AggregateOperations.maxBy(ComparatorEx.comparingLong(Pipelines::price)))
                        .map(w -> row(w.start() * 1000, price(w.result())));
            case Q8 -> Joins.newcomers(p);
            case Q9 -> Joins.winners(p);
            case Q11 ->
                stream(In.bids(p))
                        .groupingKey(Pipelines::bidder)
                        .window(WindowDefinition.session(TEN_SECONDS))
                        .aggregate(AggregateOperations.counting())
                        .map(w -> row(w.key(), w.start() * 1000, w.result()));
            case Q12 ->
                stream(In.bids(p))
                        .groupingKey(Pipelines::bidder)
                        .window(WindowDefinition.tumbling(TEN_SECONDS))
                        .aggregate(AggregateOperations.counting())
                        .map(w -> row(w.start() * 1000, w.key(), w.result()));
            case Q14 -> Texts.calculate(p);
            case Q15 ->
                In.bids(p)
                        .groupingKey(Pipelines::day)
                        .mapStateful(
                                Distinct::new,
                                (state, day, bid) -> state.add(bid).row(date(day)));
            case Q16 ->
                In.bids(p)
                        .groupingKey(b -> channel(b) + '|' + day(b))
                        .mapStateful(
                                Distinct::new,
                                (state, key, bid) -> state.add(bid).row(channel(bid), date(day(bid)), state.minute()));
            case Q17 ->
                In.bids(p)
                        .groupingKey(b -> auction(b) * 65_537 + day(b))
                        .mapStateful(
                                Eight::new,
                                (state, key, bid) -> state.add(price(bid)).row(auction(bid), date(day(bid))));
            case Q18 ->
                In.bids(p)
                        .groupingKey(b -> bidder(b) << 32 | auction(b))
                        .rollingAggregate(AggregateOperations.maxBy(ComparatorEx.comparingLong(Pipelines::time)))
                        .map(e -> last(e.getValue()));
            case Q19 ->
                In.bids(p)
                        .groupingKey(Pipelines::auction)
                        .flatMapStateful(TopTen::new, (state, auction, bid) -> state.add(bid));
            case Q20 -> Joins.category(p);
            case Q21 -> Texts.channelNumbers(p);
            case Q22 -> Texts.directories(p);
            case YAHOO ->
                In.ads(p)
                        .filter(ad -> In.ads.types.values[In.ads.type[ad]].equals("view"))
                        .addTimestamps(ad -> In.ads.time[ad] / 1000, LAG)
                        .groupingKey(ad -> In.campaigns.get(In.ads.ads.values[In.ads.ad[ad]]))
                        .window(WindowDefinition.tumbling(TEN_SECONDS))
                        .aggregate(AggregateOperations.counting())
                        .map(w -> row(w.start() * 1000, w.key(), w.result()));
            case WORDS ->
                In.lines(p)
                        .flatMap(line -> Texts.words(In.lines[line]))
                        .groupingKey(FunctionEx.identity())
                        .rollingAggregate(AggregateOperations.counting())
                        .map(e -> row(e.getKey(), e.getValue()));
        };
    }

    private static StreamStage<Object[]> hottest(Pipeline p) {
        return stream(In.bids(p))
                .groupingKey(Pipelines::auction)
                .window(WindowDefinition.sliding(TEN_SECONDS, SLIDE))
                .aggregate(AggregateOperations.counting())
                .window(WindowDefinition.tumbling(SLIDE))
                .aggregate(AggregateOperations.maxBy(ComparatorEx.comparing(KeyedWindowResult::result)))
                .map(w -> row(w.result().start() * 1000, w.result().result()));
    }

    static StreamStage<Integer> stream(BatchStage<Integer> bids) {
        return bids.addTimestamps(bid -> time(bid) / 1000, LAG);
    }

    static Object[] row(Object... values) {
        return values;
    }

    private static Object[] last(int bid) {
        return row(bidder(bid), auction(bid), price(bid), channel(bid), url(bid), time(bid), extra(bid));
    }

    static long auction(int bid) {
        return In.events.bidAuction[bid];
    }

    static long bidder(int bid) {
        return In.events.bidder[bid];
    }

    static long price(int bid) {
        return In.events.price[bid];
    }

    static long time(int bid) {
        return In.events.bidTime[bid];
    }

    static long day(int bid) {
        return time(bid) / DAY;
    }

    static String date(long day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    static String channel(int bid) {
        return In.events.channels.values[In.events.channel[bid]];
    }

    static String url(int bid) {
        return In.events.urls.values[In.events.channel[bid]];
    }

    static String extra(int bid) {
        return In.events.extras.values[In.events.extra[bid]];
    }
}
