package org.tailrace.dstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A DStream of keys and values.
 *
 * <p>On Spark: {@code JavaPairDStream}.
 */
public final class PairDStream<K, V> extends DStream<Pair<K, V>> {
    PairDStream(Host host, Node<Pair<K, V>> node) {
        super(host, node);
    }

    private static <K, V> PairDStream<K, V> of(DStream<Pair<K, V>> stream) {
        return new PairDStream<>(stream.host, stream.node);
    }

    public <R> PairDStream<K, R> mapValues(Fn<V, R> function) {
        return mapToPair(pair -> new Pair<>(pair.key(), function.apply(pair.value())));
    }

    public <R> PairDStream<K, R> flatMapValues(Fn<V, Iterable<R>> function) {
        return flatMapToPair(pair -> {
            var all = new ArrayList<Pair<K, R>>();
            function.apply(pair.value()).forEach(value -> all.add(new Pair<>(pair.key(), value)));
            return all;
        });
    }

    /** One pair for each key, in the order of the keys' first values. */
    public PairDStream<K, V> reduceByKey(Fn2<V, V, V> function) {
        return combineByKey(value -> value, function);
    }

    public PairDStream<K, List<V>> groupByKey() {
        return combineByKey(List::of, (all, value) -> {
            var longer = new ArrayList<>(all);
            longer.add(value);
            return List.copyOf(longer);
        });
    }

    /** From each key's first value to a result, and from the result and the next value to the next result. */
    public <C> PairDStream<K, C> combineByKey(Fn<V, C> create, Fn2<C, V, C> merge) {
        return of(derived((rdd, tick) -> {
            Map<K, C> results = new LinkedHashMap<>();
            for (Pair<K, V> pair : rdd.elements()) {
                C before = results.get(pair.key());
                results.put(
                        pair.key(), before == null ? create.apply(pair.value()) : merge.apply(before, pair.value()));
            }
            return pairs(results);
        }));
    }

    private static <K, C> List<Pair<K, C>> pairs(Map<K, C> map) {
        return map.entrySet().stream()
                .map(e -> new Pair<>(e.getKey(), e.getValue()))
                .toList();
    }

    // ---- windows

    @Override
    public PairDStream<K, V> window(String length, String slide) {
        return of(super.window(length, slide));
    }

    public PairDStream<K, List<V>> groupByKeyAndWindow(String length, String slide) {
        return window(length, slide).groupByKey();
    }

    public PairDStream<K, V> reduceByKeyAndWindow(Fn2<V, V, V> function, String length, String slide) {
        return reduceByKey(function).window(length, slide).reduceByKey(function);
    }

    /**
     * As above, from slide to slide by what comes and what leaves: {@code inverse} takes a value out of a reduced one. Keys
     * stay until a filter drops them.
     */
    public PairDStream<K, V> reduceByKeyAndWindow(
            Fn2<V, V, V> function, Fn2<V, V, V> inverse, String length, String slide) {
        return windowed(function, inverse, length, slide, null);
    }

    /** @param keep whether a key stays, when something has left its window */
    public PairDStream<K, V> reduceByKeyAndWindow(
            Fn2<V, V, V> function, Fn2<V, V, V> inverse, String length, String slide, Fn<Pair<K, V>, Boolean> keep) {
        return windowed(function, inverse, length, slide, keep);
    }

    private PairDStream<K, V> windowed(
            Fn2<V, V, V> function,
            Fn2<V, V, V> inverse,
            String length,
            String slide,
            @Nullable Fn<Pair<K, V>, Boolean> keep) {
        long windowMs = Lengths.multiple("reduceByKeyAndWindow", length, node.slideMs);
        long slideMs = Lengths.multiple("reduceByKeyAndWindow", slide, node.slideMs);
        return new PairDStream<>(
                host, new ReducedWindowNode<>(reduceByKey(function).node, function, inverse, keep, windowMs, slideMs));
    }

    // ---- state

    /** Each key's state, updated in every batch for every key. */
    public <S> PairDStream<K, S> updateStateByKey(UpdateFunction<V, S> function) {
        return new PairDStream<>(host, new UpdatedNode<>(node, function));
    }

    /** One element for each value, made with the state of its key; keys without values cost nothing. */
    public <S, R> DStream<R> mapWithState(StateSpec<K, V, S, R> spec) {
        return new DStream<>(host, new MappedNode<>(node, spec));
    }

    public <S, R> DStream<R> mapWithState(StateFunction<K, V, S, R> function) {
        return mapWithState(StateSpec.function(function));
    }

    // ---- joins, of the RDDs of one time

    /** Both sides' values of each key. */
    public <W> PairDStream<K, Pair<List<V>, List<W>>> cogroup(PairDStream<K, W> other) {
        return of(transformWith(other, (left, right) -> {
            Map<K, Pair<List<V>, List<W>>> groups = new LinkedHashMap<>();
            for (Pair<K, V> pair : left.elements()) {
                group(groups, pair.key()).key().add(pair.value());
            }
            for (Pair<K, W> pair : right.elements()) {
                group(groups, pair.key()).value().add(pair.value());
            }
            return new Rdd<>(pairs(groups));
        }));
    }

    private static <K, V, W> Pair<List<V>, List<W>> group(Map<K, Pair<List<V>, List<W>>> groups, K key) {
        return groups.computeIfAbsent(key, k -> new Pair<>(new ArrayList<>(), new ArrayList<>()));
    }

    public <W> PairDStream<K, Pair<V, W>> join(PairDStream<K, W> other) {
        return joined(other, false, false);
    }

    /** A key without a right value comes with null. */
    public <W> PairDStream<K, Pair<V, W>> leftOuterJoin(PairDStream<K, W> other) {
        return joined(other, true, false);
    }

    /** A key without a left value comes with null. */
    public <W> PairDStream<K, Pair<V, W>> rightOuterJoin(PairDStream<K, W> other) {
        return joined(other, false, true);
    }

    public <W> PairDStream<K, Pair<V, W>> fullOuterJoin(PairDStream<K, W> other) {
        return joined(other, true, true);
    }

    private <W> PairDStream<K, Pair<V, W>> joined(PairDStream<K, W> other, boolean keepLeft, boolean keepRight) {
        return cogroup(other).flatMapToPair(group -> {
            var all = new ArrayList<Pair<K, Pair<V, W>>>();
            List<V> left = orNull(group.value().key(), keepRight);
            List<W> right = orNull(group.value().value(), keepLeft);
            for (V one : left) {
                for (W two : right) {
                    all.add(new Pair<>(group.key(), new Pair<>(one, two)));
                }
            }
            return all;
        });
    }

    private static <X> List<X> orNull(List<X> values, boolean keep) {
        if (!values.isEmpty() || !keep) {
            return values;
        }
        List<X> none = new ArrayList<>();
        none.add(null);
        return none;
    }
}
