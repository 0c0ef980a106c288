package org.tailrace.dstream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.Plan;
import org.tailrace.spi.RunningQuery;

/**
 * A sequence of RDDs, one for each batch interval, described and not yet run. Operations on it give other DStreams; an output
 * operation ({@link #print}, {@link #foreachRDD}) starts a query at once, which reads its sources for itself.
 *
 * <p>RDDs stand at multiples of the interval since the epoch and begin with the first batch that has rows. Lambdas run
 * element by element, in order, on the query's thread.
 *
 * <p>On Spark: {@code JavaDStream}.
 *
 * @param <T> the elements
 */
public class DStream<T> {
    final Host host;
    final Node<T> node;

    DStream(Host host, Node<T> node) {
        this.host = host;
        this.node = node;
    }

    /** A DStream of the rows of a plan; what a session's sources are made with. */
    public static <T> DStream<T> of(Host host, Plan plan, Schema schema, Fn<Row, T> element, long intervalMs) {
        return new DStream<>(host, new SourceNode<>(plan, schema, element, intervalMs));
    }

    // ---- one RDD from one

    public <R> DStream<R> map(Fn<T, R> function) {
        return transform(rdd -> rdd.map(function));
    }

    public <R> DStream<R> flatMap(Fn<T, Iterable<R>> function) {
        return transform(rdd -> rdd.flatMap(function));
    }

    public DStream<T> filter(Fn<T, Boolean> test) {
        return transform(rdd -> rdd.filter(test));
    }

    /** Any function of RDDs. */
    public <R> DStream<R> transform(Fn<Rdd<T>, Rdd<R>> function) {
        return derived((rdd, tick) -> function.apply(rdd).elements());
    }

    public <K, V> PairDStream<K, V> mapToPair(Fn<T, Pair<K, V>> function) {
        return map(function).pairs();
    }

    public <K, V> PairDStream<K, V> flatMapToPair(Fn<T, Iterable<Pair<K, V>>> function) {
        return this.<Pair<K, V>>flatMap(function).pairs();
    }

    public <K> PairDStream<K, T> keyBy(Fn<T, K> key) {
        return mapToPair(element -> new Pair<>(key.apply(element), element));
    }

    /** One element each: how many there are. */
    public DStream<Long> count() {
        return transform(rdd -> new Rdd<>(List.of(rdd.count())));
    }

    public PairDStream<T, Long> countByValue() {
        return mapToPair(element -> new Pair<>(element, 1L)).reduceByKey(Long::sum);
    }

    /** One element each; none if there are none. */
    public DStream<T> reduce(Fn2<T, T, T> function) {
        return transform(rdd -> new Rdd<>(rdd.reduce(function).map(List::of).orElse(List.of())));
    }

    /** One element each: the list of all. */
    public DStream<List<T>> glom() {
        return transform(rdd -> new Rdd<>(List.of(rdd.elements())));
    }

    // ---- with another

    /** @throws PlanException TR-163 if they have not the same time between two RDDs */
    public DStream<T> union(DStream<T> other) {
        return transformWith(other, Rdd::union);
    }

    /** @throws PlanException TR-163 if they have not the same time between two RDDs */
    @SuppressWarnings("unchecked")
    public <U, R> DStream<R> transformWith(DStream<U> other, Fn2<Rdd<T>, Rdd<U>, Rdd<R>> function) {
        if (other.node.slideMs != node.slideMs) {
            throw new PlanException(Problem.of("TR-163", "these DStreams do not have RDDs at the same times")
                    .have(node.slideMs + " ms and " + other.node.slideMs + " ms between two RDDs")
                    .fix("window both with one slide"));
        }
        return new DStream<>(
                host,
                new DerivedNode<>(
                        List.of(node, other.node),
                        (rdds, tick) -> function.apply(
                                        new Rdd<>((List<T>) rdds.get(0)), new Rdd<>((List<U>) rdds.get(1)))
                                .elements()));
    }

    // ---- windows

    /** The elements of the last {@code length}, in an RDD as often as this DStream has one. */
    public DStream<T> window(String length) {
        return window(length, node.slideMs + " milliseconds");
    }

    /**
     * The elements of the last {@code length}, every {@code slide}.
     *
     * @throws PlanException TR-163 if either is not a multiple of the time between two RDDs
     */
    public DStream<T> window(String length, String slide) {
        long windowMs = Lengths.multiple("window", length, node.slideMs);
        return new DStream<>(host, new WindowNode<>(node, windowMs, Lengths.multiple("window", slide, node.slideMs)));
    }

    public DStream<Long> countByWindow(String length, String slide) {
        return window(length, slide).count();
    }

    public PairDStream<T, Long> countByValueAndWindow(String length, String slide) {
        return mapToPair(element -> new Pair<>(element, 1L))
                .reduceByKeyAndWindow(Long::sum, (all, left) -> all - left, length, slide, pair -> pair.value() > 0);
    }

    public DStream<T> reduceByWindow(Fn2<T, T, T> function, String length, String slide) {
        return window(length, slide).reduce(function);
    }

    /** As above, from slide to slide by what comes and what leaves. */
    public DStream<T> reduceByWindow(Fn2<T, T, T> function, Fn2<T, T, T> inverse, String length, String slide) {
        return mapToPair(element -> new Pair<>(0, element))
                .reduceByKeyAndWindow(function, inverse, length, slide)
                .map(Pair::value);
    }

    // ---- output

    /** Prints the first ten elements of each RDD, from now on. */
    public RunningQuery print() {
        return print(null);
    }

    /** @param name of the query */
    public RunningQuery print(@Nullable String name) {
        var schema = Schema.of(new Field("time", DataType.TIMESTAMP), new Field("value", DataType.STRING));
        return host.start(
                name,
                new Output<>(
                                node,
                                schema,
                                (rdd, time, out) -> {
                                    for (T element : rdd.take(10)) {
                                        out.emit(new Row(schema, List.of(time, Output.text(element))));
                                    }
                                    if (rdd.count() > 10) {
                                        out.emit(new Row(schema, List.of(time, "...")));
                                    }
                                },
                                host)
                        .plan(),
                true);
    }

    /** Calls {@code action} with each RDD and its time, from now on; at least once, if a batch is run again. */
    public RunningQuery foreachRDD(RddAction<T> action) {
        return foreachRDD(null, action);
    }

    /** @param name of the query */
    public RunningQuery foreachRDD(@Nullable String name, RddAction<T> action) {
        var schema = Schema.of(new Field("time", DataType.TIMESTAMP));
        return host.start(
                name, new Output<>(node, schema, (rdd, time, out) -> action.accept(rdd, time), host).plan(), false);
    }

    /** The elements of all RDDs as rows of a table; what a session's {@code table} is made with. */
    public Plan plan(Schema schema, Fn<T, Row> row) {
        return new Output<>(
                        node,
                        schema,
                        (rdd, time, out) -> {
                            for (T element : rdd.elements()) {
                                out.emit(row.apply(element));
                            }
                        },
                        host)
                .plan();
    }

    // ---- inside

    @FunctionalInterface
    interface OfRdd<T, R> extends java.io.Serializable {
        List<R> apply(Rdd<T> rdd, long tickMs) throws Exception;
    }

    @SuppressWarnings("unchecked")
    <R> DStream<R> derived(OfRdd<T, R> function) {
        return new DStream<>(
                host,
                new DerivedNode<>(
                        List.of(node), (rdds, tick) -> function.apply(new Rdd<>((List<T>) rdds.get(0)), tick)));
    }

    @SuppressWarnings("unchecked")
    private <K, V> PairDStream<K, V> pairs() {
        return new PairDStream<>(host, (Node<Pair<K, V>>) (Node<?>) node);
    }
}
