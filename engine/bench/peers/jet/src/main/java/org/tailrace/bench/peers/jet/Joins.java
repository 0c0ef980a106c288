package org.tailrace.bench.peers.jet;

import static org.tailrace.bench.peers.jet.Pipelines.row;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.pipeline.GeneralStage;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.StreamStageWithKey;
import com.hazelcast.jet.pipeline.WindowDefinition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.tailrace.bench.data.Events;

/**
 * Joins of two streams. Jet has none without a window, so both sides go to one stage with state by key, where each waits for
 * the other; a row of the second side is the complement of its number.
 */
final class Joins {
    private Joins() {}

    /** One row of the first side and those of the second that came before it. */
    private static final class Waiting implements Serializable {
        private static final long serialVersionUID = 1;

        int first = -1;
        List<Integer> second = List.of();
        /** Of an auction: the dearest bid so far, or −1. */
        int dearest = -1;

        /** @return the rows of the second side that have met the first now */
        List<Integer> meet(int row) {
            if (row >= 0) {
                first = row;
                List<Integer> met = second;
                second = List.of();
                return met;
            }
            if (first >= 0) {
                return List.of(~row);
            }
            if (second.isEmpty()) {
                second = new ArrayList<>(2);
            }
            second.add(~row);
            return List.of();
        }
    }

    static GeneralStage<Object[]> sellers(Pipeline p) {
        var persons = In.persons(p).filter(i -> {
            String state = In.events.states.values[In.events.state[i]];
            return state.equals("OR") || state.equals("ID") || state.equals("CA");
        });
        var auctions = In.auctions(p).filter(i -> In.events.category[i] == 10).map(i -> ~i);
        return persons.merge(auctions)
                .groupingKey(i -> i >= 0 ? In.events.personId[i] : In.events.seller[~i])
                .flatMapStateful(Waiting::new, (state, key, i) -> {
                    List<Integer> met = state.meet(i);
                    int person = state.first;
                    return Traversers.traverseIterable(met)
                            .map(auction -> row(
                                    In.events.names.values[In.events.name[person]],
                                    In.events.cities.values[In.events.city[person]],
                                    In.events.states.values[In.events.state[person]],
                                    In.events.auctionId[auction]));
                });
    }

    static GeneralStage<Object[]> category(Pipeline p) {
        var auctions = In.auctions(p).filter(i -> In.events.category[i] == 10);
        return auctions.merge(In.bids(p).map(i -> ~i))
                .groupingKey(i -> i >= 0 ? In.events.auctionId[i] : In.events.bidAuction[~i])
                .flatMapStateful(Waiting::new, (state, key, i) -> {
                    List<Integer> met = state.meet(i);
                    int auction = state.first;
                    return Traversers.traverseIterable(met)
                            .map(bid -> row(
                                    In.events.bidAuction[bid],
                                    In.events.bidder[bid],
                                    In.events.price[bid],
                                    In.events.bidTime[bid],
                                    In.events.items.values[In.events.item[auction]],
                                    In.events.seller[auction],
                                    In.events.initialBid[auction]));
                });
    }

    /** An auction whose dearest bid changed, with the price before. */
    private record Change(int auction, int bid, long before) implements Serializable {}

    private static GeneralStage<Change> changes(Pipeline p) {
        return In.auctions(p)
                .merge(In.bids(p).map(i -> ~i))
                .groupingKey(i -> i >= 0 ? In.events.auctionId[i] : In.events.bidAuction[~i])
                .flatMapStateful(Waiting::new, (state, key, i) -> changes(state, i));
    }

    private static Traverser<Change> changes(Waiting state, int row) {
        Events in = In.events;
        long before = state.dearest < 0 ? 0 : in.price[state.dearest];
        long most = before;
        for (int bid : state.meet(row)) {
            if (in.bidTime[bid] >= in.auctionTime[state.first]
                    && in.bidTime[bid] <= in.expires[state.first]
                    && in.price[bid] > most) {
                most = in.price[bid];
                state.dearest = bid;
            }
        }
        return most == before
                ? Traversers.empty()
                : Traversers.singleton(new Change(state.first, state.dearest, before));
    }

    static GeneralStage<Object[]> winners(Pipeline p) {
        return changes(p)
                .map(change -> row(
                        In.events.auctionId[change.auction],
                        In.events.items.values[In.events.item[change.auction]],
                        In.events.seller[change.auction],
                        In.events.category[change.auction],
                        In.events.bidder[change.bid],
                        In.events.price[change.bid],
                        In.events.bidTime[change.bid]));
    }

    private static long window(Change change) {
        return In.events.auctionTime[change.auction] / 10_000_000 * 10_000_000;
    }

    static GeneralStage<Object[]> means(Pipeline p) {
        return changes(p)
                .groupingKey(change -> window(change) + In.events.category[change.auction])
                .mapStateful(() -> new long[2], (sums, key, change) -> {
                    sums[0] += In.events.price[change.bid] - change.before;
                    sums[1] += change.before == 0 ? 1 : 0;
                    return row(window(change), In.events.category[change.auction], (double) sums[0] / sums[1]);
                });
    }

    static GeneralStage<Object[]> newcomers(Pipeline p) {
        StreamStageWithKey<Integer, Long> persons = In.persons(p)
                .addTimestamps(i -> In.events.personTime[i] / 1000, 4_000)
                .groupingKey(i -> In.events.personId[i]);
        StreamStageWithKey<Integer, Long> auctions = In.auctions(p)
                .addTimestamps(i -> In.events.auctionTime[i] / 1000, 4_000)
                .groupingKey(i -> In.events.seller[i]);
        return persons.window(WindowDefinition.tumbling(10_000))
                .aggregate2(AggregateOperations.pickAny(), auctions, AggregateOperations.counting())
                .filter(w -> w.result().f0() != null && w.result().f1() > 0)
                .map(w -> row(
                        w.key(),
                        In.events.names.values[In.events.name[w.result().f0()]],
                        w.start() * 1000));
    }
}
