package org.tailrace.exec;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Evaluator;
import org.tailrace.plan.JoinType;
import org.tailrace.state.StateLog;

/**
 * A join of two streams: both sides keep their rows until no row that could still come can join them.
 *
 * <p>The rows of a batch's left side look for partners among the right rows of earlier batches, then those of the right
 * side among all left rows; so each pair is found once. With {@code low <= right − left <= high} and the watermark w, a
 * left row leaves when {@code left + high < w} and a right row when {@code right − low < w}: at equality a partner can
 * still come. With an event time among the keys rows leave when it is at or before w. A row of a preserved side that
 * leaves without having found a partner comes out with NULLs.
 *
 * <p>A semi join gives a left row at its first partner and forgets it. There the right side goes first, and its rows wait
 * only if the watermark has not passed them yet, as on Spark.
 *
 * <p>State: per side one log of rows by number. Model: Apache Spark, SPARK-22187 and SPARK-40925.
 */
final class StreamJoinOperator extends StatefulOperator {

    /**
     * @param leftTime event time of the left rows, by which they are late; −1 for none
     * @param lowMicros {@code Long.MIN_VALUE} for no bound
     * @param highMicros {@code Long.MAX_VALUE} for no bound
     * @param ranged there is a time range
     * @param timeKey an event time is among the keys
     * @param stays the rows of a side never leave, so that no time has passed above the join
     */
    record Times(
            int leftTime,
            int rightTime,
            long lowMicros,
            long highMicros,
            boolean ranged,
            boolean timeKey,
            boolean stays) {
        /** Right and left rows up to these times leave. */
        long leftLimit(long passedMicros) {
            return timeKey
                    ? passedMicros
                    : highMicros == Long.MAX_VALUE ? Long.MIN_VALUE : passedMicros - highMicros - 1;
        }

        long rightLimit(long passedMicros) {
            return timeKey ? passedMicros : lowMicros == Long.MIN_VALUE ? Long.MIN_VALUE : passedMicros + lowMicros - 1;
        }

        boolean evicts() {
            return timeKey || ranged && (highMicros != Long.MAX_VALUE || lowMicros != Long.MIN_VALUE);
        }
    }

    private final JoinType type;
    private final Times times;
    private final TimeText text;
    private final int vectorSize;
    private final JoinSide left;
    private final JoinSide right;
    private final JoinIndex index;
    private final boolean apart;
    private final Supplier<JoinPairs> pairsFactory;
    private final JoinPairs pairs;
    private final JoinArrivals leftArrivals;
    private final JoinArrivals rightArrivals;
    private final Schema leftSchema;
    private final Schema rightSchema;
    private int[] ids = new int[0];
    private int[] missing = new int[0];
    private final List<Evaluator> ownLeft;
    private final List<Evaluator> ownRight;
    private final BitSet allLeft = new BitSet();
    private final VectorBatch leftPart;
    private final VectorBatch rightPart;

    /** @param apart the condition and the keys follow from a pair of rows alone */
    StreamJoinOperator(
            String name,
            Operator leftChild,
            Operator rightChild,
            JoinType type,
            boolean apart,
            Times times,
            JoinIndex index,
            JoinSide left,
            JoinSide right,
            Supplier<JoinPairs> pairs,
            List<Evaluator> ownLeft,
            List<Evaluator> ownRight,
            Schema leftSchema,
            Schema rightSchema,
            TimeText text,
            int vectorSize) {
        super(name, List.of(leftChild, rightChild));
        this.type = type;
        this.times = times;
        this.left = left;
        this.right = right;
        this.text = text;
        this.vectorSize = vectorSize;
        this.index = index;
        this.apart = apart;
        pairsFactory = pairs;
        this.pairs = pairs.get();
        this.leftSchema = leftSchema;
        this.rightSchema = rightSchema;
        leftArrivals = arrivals(true);
        rightArrivals = arrivals(false);
        this.ownLeft = ownLeft;
        this.ownRight = ownRight;
        allLeft.set(0, leftSchema.size());
        leftPart = VectorBatch.create(leftSchema);
        rightPart = VectorBatch.create(rightSchema);
    }

    @Override
    void process(BatchRun batch, Rows out) throws Exception {
        boolean leftFirst = type != JoinType.SEMI;
        children().get(leftFirst ? 0 : 1).run(batch, rows -> arrive(rows, leftFirst, batch, out));
        children().get(leftFirst ? 1 : 0).run(batch, rows -> arrive(rows, !leftFirst, batch, out));
        leave(out);
    }

    private void leave(Rows out) throws Exception {
        if (times.evicts()) {
            long passed = passedMicros(watermarkMs());
            left.evict(times.leftLimit(passed));
            right.evict(times.rightLimit(passed));
            leave(true, out);
            leave(false, out);
        }
        late.dropped = late.rows;
    }

    // ---- in chunks, see JoinChunks

    /** Whether rows of one side can look for partners apart from each other. */
    boolean apart() {
        return apart && type == JoinType.INNER && index.reader() != null;
    }

    JoinProbe probe(boolean isLeft) {
        JoinSide mine = isLeft ? left : right;
        return new JoinProbe(
                mine.keys().copy(),
                arrivals(isLeft),
                pairsFactory.get(),
                Objects.requireNonNull(index.reader()),
                isLeft ? right : left,
                isLeft);
    }

    void begin(JoinProbe probe, BatchRun batch) {
        probe.begin(index.current(), lateWatermarkMs(), batch.context.batchTimeMs());
    }

    /**
     * Numbers the keys of a chunk that has found its partners; what it gives adds the rows to their side, which no probe of
     * the same side looks at.
     */
    Tails.Tail take(JoinProbe probe, boolean isLeft) {
        JoinSide mine = isLeft ? left : right;
        List<JoinProbe.Arrived> all = List.copyOf(probe.arrived);
        for (JoinProbe.Arrived arrived : all) {
            addMissing(mine, arrived);
        }
        probe.arrived.clear();
        late.append(probe.late);
        outputRows += probe.joined;
        return () -> {
            for (JoinProbe.Arrived arrived : all) {
                mine.add(arrived.rows(), mine.keys().evaluate(arrived.rows()), arrived.ids());
            }
        };
    }

    private void addMissing(JoinSide mine, JoinProbe.Arrived arrived) {
        int[] all = arrived.ids();
        missing = Ints.room(missing, arrived.rows().size);
        int count = 0;
        for (int i = 0; i < arrived.rows().size; i++) {
            missing[count] = i;
            count += all[i] >>> 31;
        }
        if (count == 0) {
            return;
        }
        Vector[] keys = mine.keys().evaluate(arrived.rows());
        var some = new Vector[keys.length];
        for (int k = 0; k < some.length; k++) {
            some[k] = Vector.create(keys[k].type);
            some[k].gather(keys[k], missing, count);
        }
        ids = Ints.room(ids, count);
        index.add(mine.keys(), some, count, ids);
        for (int i = 0; i < count; i++) {
            all[missing[i]] = ids[i];
        }
    }

    /** After the last chunk. */
    void finish() throws Exception {
        leave(rows -> {});
    }

    private JoinArrivals arrivals(boolean isLeft) {
        return new JoinArrivals(isLeft ? leftSchema : rightSchema, isLeft ? times.leftTime() : times.rightTime(), text);
    }

    // ---- vector by vector

    private void arrive(VectorBatch arrived, boolean isLeft, BatchRun batch, Rows out) throws Exception {
        JoinSide mine = isLeft ? left : right;
        JoinSide other = isLeft ? right : left;
        JoinArrivals arrivals = isLeft ? leftArrivals : rightArrivals;
        VectorBatch rows = arrivals.inTime(arrived, lateWatermarkMs(), batch.context.batchTimeMs(), late);
        rows = preserves(isLeft)
                ? sendHopeless(rows, isLeft, out)
                : arrivals.withKeys(rows, mine.keys(), mine.keys().evaluate(rows));
        if (rows.size == 0) {
            return;
        }
        Vector[] keys = mine.keys().evaluate(rows);
        int[] keyIds = ids(mine, keys, rows.size);
        JoinPairs.RowSource arriving = new BatchRows(rows);
        other.collect(keyIds, rows.size, pairs);
        pairs.filter(arriving, other.rows(), isLeft);
        if (type == JoinType.SEMI && !isLeft) {
            semi(pairs.waiting.values, out);
            store(rows, keys, keyIds);
            return;
        }
        int[] numbers = mine.add(rows, keys, keyIds);
        if (type == JoinType.SEMI) {
            int[] found = new int[pairs.arriving.size];
            for (int i = 0; i < found.length; i++) {
                found[i] = numbers[pairs.arriving.values[i]];
            }
            semi(found, out);
            return;
        }
        if (preserves(isLeft)) {
            for (int i = 0; i < pairs.arriving.size; i++) {
                mine.match(numbers[pairs.arriving.values[i]]);
            }
        }
        if (preserves(!isLeft)) {
            for (int i = 0; i < pairs.waiting.size; i++) {
                other.match(pairs.waiting.values[i]);
            }
        }
        pairs.write(arriving, other.rows(), isLeft, out);
    }

    private int[] ids(JoinSide side, Vector[] keys, int count) {
        ids = Ints.room(ids, count);
        index.add(side.keys(), keys, count, ids);
        return ids;
    }

    /**
     * Rows of a preserved side that do not meet what the condition asks of that side alone come out at once: no partner can
     * come. Gives the others.
     */
    private VectorBatch sendHopeless(VectorBatch rows, boolean isLeft, Rows out) throws Exception {
        List<Evaluator> own = isLeft ? ownLeft : ownRight;
        if (own.isEmpty() || rows.size == 0) {
            return rows;
        }
        var wide = new Vector[leftPart.columns.length + rightPart.columns.length];
        System.arraycopy(rows.columns, 0, wide, isLeft ? 0 : leftPart.columns.length, rows.columns.length);
        var whole = new VectorBatch(wide);
        whole.size = rows.size;
        var hopeless = new BitSet();
        for (Evaluator condition : own) {
            var mask = (BooleanVector) condition.evaluate(whole);
            for (int i = 0; i < rows.size; i++) {
                if (mask.isNull(i) || !mask.values[mask.offset + i]) {
                    hopeless.set(i);
                }
            }
        }
        if (hopeless.isEmpty()) {
            return rows;
        }
        pairs.clear();
        hopeless.stream().forEach(i -> pairs.add(i, -1));
        pairs.write(new BatchRows(rows), (isLeft ? right : left).rows(), isLeft, out);
        hopeless.flip(0, rows.size);
        int[] hopeful = hopeless.stream().toArray();
        return (isLeft ? left : right).part(rows, hopeful, hopeful.length);
    }

    /** Whether rows of that side come out even without a partner. */
    private boolean preserves(boolean isLeft) {
        return type == JoinType.FULL || type == (isLeft ? JoinType.LEFT : JoinType.RIGHT);
    }

    /** Right rows of a semi join wait only if their time has not passed already. */
    private void store(VectorBatch rows, Vector[] keys, int[] keyIds) {
        if (!times.evicts() || times.timeKey()) {
            right.add(rows, keys, keyIds);
            return;
        }
        Vector column = rows.columns[times.rightTime()];
        long limit = times.rightLimit(passedMicros(watermarkMs()));
        int[] some = new int[rows.size];
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (column.isNull(i) || JoinSide.time(column, i) > limit) {
                keyIds[count] = keyIds[i];
                some[count++] = i;
            }
        }
        VectorBatch waiting = count == rows.size ? rows : right.part(rows, some, count);
        right.add(waiting, right.keys().evaluate(waiting), keyIds);
    }

    /** Left rows, one per pair, have found their partners: each comes out once. */
    private void semi(int[] partners, Rows out) throws Exception {
        var found = new Ints();
        for (int i = 0; i < pairs.arriving.size; i++) {
            if (left.live(partners[i])) {
                left.remove(partners[i]);
                found.add(partners[i]);
            }
        }
        int[] some = new int[vectorSize];
        for (int from = 0; from < found.size; from += some.length) {
            int count = found.copy(from, some);
            left.rows().gather(some, count, leftPart, 0, allLeft);
            leftPart.size = count;
            out.accept(leftPart);
        }
    }

    /** Rows have left; those of a preserved side without a partner come out. */
    private void leave(boolean isLeft, Rows out) throws Exception {
        JoinSide side = isLeft ? left : right;
        if (!preserves(isLeft)) {
            return;
        }
        Ints gone = side.gone();
        pairs.clear();
        for (int i = 0; i < gone.size; i++) {
            if (!side.matched(gone.values[i])) {
                pairs.add(gone.values[i], -1);
            }
        }
        pairs.write(side.rows(), isLeft ? right.rows() : left.rows(), isLeft, out);
    }

    @Override
    String nothing(Explanations words) {
        if (stateRows() == 0) {
            return "";
        }
        String waiting = "no pair in this batch: " + Explanations.rows(left.liveSize()) + " of the left and "
                + Explanations.rows(right.liveSize()) + " of the right wait for a partner";
        if (!preserves(true) && !preserves(false)) {
            return waiting;
        } else if (!times.evicts()) {
            return waiting + "; without a time range and watermarks on both sides none comes out without one";
        }
        long first = Math.min(
                preserves(true) ? leaves(left, times.highMicros(), 1) : Long.MAX_VALUE,
                preserves(false) ? leaves(right, times.lowMicros(), -1) : Long.MAX_VALUE);
        return first == Long.MAX_VALUE
                ? waiting
                : waiting + "; the first to leave, with NULLs if it has found none, does so " + words.reaching(first);
    }

    /** The first watermark at which a row of the side leaves, in milliseconds. */
    private long leaves(JoinSide side, long boundMicros, int sign) {
        long earliest = side.earliestMicros();
        if (earliest == Long.MAX_VALUE
                || !times.timeKey() && (boundMicros == Long.MAX_VALUE || boundMicros == Long.MIN_VALUE)) {
            return Long.MAX_VALUE;
        }
        long last = times.timeKey() ? earliest : earliest + sign * boundMicros + 1;
        return Math.floorDiv(last + 999, 1000L);
    }

    @Override
    long outputWatermarkMs(long inputMs) {
        if (!times.ranged() || times.timeKey()) {
            return inputMs;
        }
        if (times.stays()) {
            return 0;
        }
        long output = inputMs;
        if (times.highMicros() != Long.MAX_VALUE) {
            output = Math.min(output, inputMs - Math.floorDiv(times.highMicros() + 999, 1000L));
        }
        if (times.lowMicros() != Long.MIN_VALUE) {
            output = Math.min(output, inputMs + Math.floorDiv(times.lowMicros(), 1000L));
        }
        return Math.max(0, output);
    }

    @Override
    boolean wantsNoDataBatch() {
        return times.evicts();
    }

    @Override
    List<StateLog.Layout> layouts() {
        return List.of(left.layout(), right.layout());
    }

    @Override
    void load(List<StateLog> logs, long version) throws IOException {
        index.clear(0);
        left.load(logs.get(0), version, vectorSize);
        right.load(logs.get(1), version, vectorSize);
        index.commit();
    }

    @Override
    void save(List<StateLog> logs, long version) throws IOException {
        left.save(logs.get(0), version);
        right.save(logs.get(1), version);
    }

    @Override
    void commit() {
        left.commit();
        right.commit();
        int live = left.liveSize() + right.liveSize();
        if (index.crowded(live)) {
            index.clear(live);
            left.renumber();
            right.renumber();
        }
        index.commit();
    }

    @Override
    void rollback() {
        index.rollback();
        left.rollback();
        right.rollback();
    }

    @Override
    long stateRows() {
        return left.liveSize() + right.liveSize();
    }

    @Override
    long stateBytes() {
        return index.bytes() + left.bytes() + right.bytes();
    }

    @Override
    long updatedRows() {
        return left.addedSize() + right.addedSize();
    }

    @Override
    long removedRows() {
        return left.removedSize() + right.removedSize();
    }
}
