package org.tailrace.exec;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Schema;
import org.tailrace.data.StructVector;
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
     * @param leftTime event time of the left rows, by which they are late; −1 for none, or if only one side has one and
     *     it is no key
     * @param lowMicros {@code Long.MIN_VALUE} for no bound
     * @param highMicros {@code Long.MAX_VALUE} for no bound
     * @param ranged there is a time range
     * @param timeKey an event time is among the keys
     */
    record Times(int leftTime, int rightTime, long lowMicros, long highMicros, boolean ranged, boolean timeKey) {
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
    private final JoinPairs pairs;
    private final List<Evaluator> ownLeft;
    private final List<Evaluator> ownRight;
    private final BitSet allLeft = new BitSet();
    private final VectorBatch leftPart;
    private final VectorBatch rightPart;

    StreamJoinOperator(
            String name,
            Operator leftChild,
            Operator rightChild,
            JoinType type,
            Times times,
            JoinSide left,
            JoinSide right,
            JoinPairs pairs,
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
        this.pairs = pairs;
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
        if (times.evicts()) {
            long passed = passedMicros(watermarkMs());
            leave(left.evict(times.leftLimit(passed)), true, out);
            leave(right.evict(times.rightLimit(passed)), false, out);
        }
        late.dropped = late.rows;
    }

    private void arrive(VectorBatch arrived, boolean isLeft, BatchRun batch, Rows out) throws Exception {
        JoinSide mine = isLeft ? left : right;
        JoinSide other = isLeft ? right : left;
        VectorBatch rows = dropLate(arrived, isLeft, batch);
        rows = preserves(isLeft) ? sendHopeless(rows, isLeft, out) : dropNullKeys(rows, mine);
        if (rows.size == 0) {
            return;
        }
        Vector[] keys = mine.keys().evaluate(rows);
        JoinPairs.RowSource arriving = new BatchRows(rows);
        pairs.clear();
        other.probe(rows, keys, pairs);
        pairs.filter(arriving, other.rows(), isLeft);
        if (type == JoinType.SEMI && !isLeft) {
            semi(pairs.waiting.values, out);
            store(rows, keys);
            return;
        }
        int[] numbers = mine.add(rows, keys);
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

    private static VectorBatch dropNullKeys(VectorBatch rows, JoinSide side) {
        Vector[] keys = side.keys().evaluate(rows);
        if (side.keys().allEqual(keys)) {
            return rows;
        }
        int[] some = new int[rows.size];
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (!side.keys().unequal(keys, i)) {
                some[count++] = i;
            }
        }
        return count == rows.size ? rows : side.part(rows, some, count);
    }

    /** Right rows of a semi join wait only if their time has not passed already. */
    private void store(VectorBatch rows, Vector[] keys) {
        if (!times.evicts() || times.timeKey()) {
            right.add(rows, keys);
            return;
        }
        Vector column = rows.columns[times.rightTime()];
        long limit = times.rightLimit(passedMicros(watermarkMs()));
        int[] some = new int[rows.size];
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            if (column.isNull(i) || JoinSide.time(column, i) > limit) {
                some[count++] = i;
            }
        }
        VectorBatch waiting = count == rows.size ? rows : right.part(rows, some, count);
        right.add(waiting, right.keys().evaluate(waiting));
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

    private VectorBatch dropLate(VectorBatch rows, boolean isLeft, BatchRun batch) {
        int time = isLeft ? times.leftTime() : times.rightTime();
        if (time < 0) {
            return rows;
        }
        Vector column = rows.columns[time];
        long lateMicros = passedMicros(lateWatermarkMs());
        if (noneLate(column, rows.size, lateMicros)) {
            return rows;
        }
        int[] intime = new int[rows.size];
        int count = 0;
        for (int i = 0; i < rows.size; i++) {
            long at = JoinSide.time(column, i);
            if (column.isNull(i) || at > lateMicros) {
                intime[count++] = i;
            } else if (late.count()) {
                late.sample(rows, i, at, batch.context.batchTimeMs(), text.late(at, lateWatermarkMs()));
            }
        }
        if (count == rows.size) {
            return rows;
        }
        VectorBatch part = isLeft ? leftPart : rightPart;
        Columns.gather(rows, intime, count, part);
        return part;
    }

    /** A quick look that finds most vectors in time; the time under a NULL may deceive it, which costs the long look only. */
    private static boolean noneLate(Vector column, int count, long lateMicros) {
        var in = (LongVector) (column instanceof StructVector window ? window.children[1] : column);
        long earliest = Long.MAX_VALUE;
        for (int i = in.offset; i < in.offset + count; i++) {
            earliest = Math.min(earliest, in.values[i]);
        }
        return earliest > lateMicros;
    }

    /** Rows have left; those of a preserved side without a partner come out. */
    private void leave(Ints gone, boolean isLeft, Rows out) throws Exception {
        JoinSide side = isLeft ? left : right;
        if (!preserves(isLeft)) {
            return;
        }
        pairs.clear();
        for (int i = 0; i < gone.size; i++) {
            if (!side.matched(gone.values[i])) {
                pairs.add(gone.values[i], -1);
            }
        }
        pairs.write(side.rows(), isLeft ? right.rows() : left.rows(), isLeft, out);
    }

    @Override
    long outputWatermarkMs(long inputMs) {
        if (!times.ranged() || times.timeKey()) {
            return inputMs;
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
        left.load(logs.get(0), version, vectorSize);
        right.load(logs.get(1), version, vectorSize);
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
    }

    @Override
    void rollback() {
        left.rollback();
        right.rollback();
    }

    @Override
    long stateRows() {
        return left.liveSize() + right.liveSize();
    }

    @Override
    long stateBytes() {
        return left.bytes() + right.bytes();
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
