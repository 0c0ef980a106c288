package org.tailrace.bench.ours;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.bench.data.Query;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.expr.Expr;
import org.tailrace.function.Emitter;
import org.tailrace.function.GroupFunction;
import org.tailrace.function.GroupState;
import org.tailrace.plan.Plan;
import org.tailrace.plan.StatefulSpec;

/**
 * {@link Query#Q19} as a function with state: the ten dearest bids of an auction, of which each change of a place is sent.
 */
final class TopTen implements GroupFunction {
    private static final long serialVersionUID = 1;
    private static final int TEN = 10;
    private static final Schema KEY = DdlParser.schema("bench", "auction bigint");
    private static final Schema STATE =
            DdlParser.schema("bench", "bidders array<bigint>, prices array<bigint>, times array<timestamp>");
    private static final Schema RESULT =
            DdlParser.schema("bench", "auction bigint, rank int, bidder bigint, price bigint, dateTime timestamp");

    private TopTen() {}

    static Plan of(Plan bids) {
        return new Plan.Stateful(
                new Plan.Project(
                        bids,
                        List.of(
                                new Expr.Ref("auction"),
                                new Expr.Ref("bidder"),
                                new Expr.Ref("price"),
                                new Expr.Ref("dateTime"))),
                new StatefulSpec(
                        "top ten",
                        List.of(new Expr.Ref("auction")),
                        Optional.empty(),
                        KEY,
                        STATE,
                        RESULT,
                        StatefulSpec.Timeout.NONE,
                        Optional.empty(),
                        false,
                        new TopTen()));
    }

    @Override
    public void apply(Row key, Iterator<Row> rows, GroupState<Row> state, Emitter<Row> out) {
        var bidders = new ArrayList<@Nullable Object>(TEN + 1);
        var prices = new ArrayList<Object>(TEN + 1);
        var times = new ArrayList<@Nullable Object>(TEN + 1);
        state.get().ifPresent(old -> {
            bidders.addAll((List<?>) Objects.requireNonNull(old.get(0)));
            prices.addAll((List<?>) Objects.requireNonNull(old.get(1)));
            times.addAll((List<?>) Objects.requireNonNull(old.get(2)));
        });
        int changed = TEN;
        while (rows.hasNext()) {
            Row bid = rows.next();
            long price = (Long) Objects.requireNonNull(bid.get(2));
            int at = prices.size();
            while (at > 0 && (Long) prices.get(at - 1) < price) {
                at--;
            }
            if (at < TEN) {
                bidders.add(at, bid.get(1));
                prices.add(at, price);
                times.add(at, bid.get(3));
                if (prices.size() > TEN) {
                    bidders.remove(TEN);
                    prices.remove(TEN);
                    times.remove(TEN);
                }
                changed = Math.min(changed, at);
            }
        }
        if (changed < TEN) {
            state.set(new Row(STATE, List.of(bidders, prices, times)));
            for (int i = changed; i < prices.size(); i++) {
                out.emit(
                        new Row(RESULT, Arrays.asList(key.get(0), i + 1, bidders.get(i), prices.get(i), times.get(i))));
            }
        }
    }
}
