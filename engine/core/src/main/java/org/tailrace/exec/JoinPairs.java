package org.tailrace.exec;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.exec.PhysicalPlan.Rows;
import org.tailrace.expr.Evaluator;

/**
 * Pairs of rows that may join: those of equal keys are collected, those for which the rest of the condition is true are
 * kept, in their order.
 */
final class JoinPairs {

    /** Where rows of one side lie. */
    @FunctionalInterface
    interface RowSource {
        /** Gathers rows into the {@code wanted} columns of {@code target}, which are numbered there; this side's first is {@code at}. */
        void gather(int[] rows, int count, VectorBatch target, int at, BitSet wanted);

        /** Puts own vectors into {@code target} instead, if these are just the rows that are asked for; says whether it did. */
        default boolean lend(int[] rows, int count, VectorBatch target, int at) {
            return false;
        }
    }

    private static final BitSet NONE = new BitSet();
    private static final int[] NOBODY = {};

    private final @Nullable Evaluator residual;
    private final BitSet read;
    private final BitSet written;
    private final int leftWidth;
    private final VectorBatch joined;
    private final Vector[] own;
    private final int vectorSize;
    /** Row numbers of the arriving rows, and of those that were there. */
    final Ints arriving = new Ints();

    final Ints waiting = new Ints();

    /** There may be rows without a partner, whose number is −1. */
    private boolean absent;

    /**
     * @param read the columns that {@code residual} reads
     * @param written the columns that are read above
     * @param schema left columns, then right columns, whatever the join gives
     */
    JoinPairs(@Nullable Evaluator residual, BitSet read, BitSet written, int leftWidth, Schema schema, int vectorSize) {
        this.residual = residual;
        this.read = read;
        this.written = written;
        this.leftWidth = leftWidth;
        this.vectorSize = vectorSize;
        joined = VectorBatch.create(schema);
        own = joined.columns.clone();
    }

    void clear() {
        arriving.clear();
        waiting.clear();
        absent = false;
    }

    void add(int arrivingRow, int waitingRow) {
        absent |= (arrivingRow | waitingRow) < 0;
        arriving.add(arrivingRow);
        waiting.add(waitingRow);
    }

    /** Becomes the pairs of each arriving row with the rows of its key, whose number is −1 if there is none. */
    void collect(int[] keys, int count, JoinChains chains) {
        collect(keys, count, chains, NONE);
    }

    /** As {@link #collect(int[], int, JoinChains)} without rows that are {@code dead}. */
    void collect(int[] keys, int count, JoinChains chains, BitSet dead) {
        boolean allLive = dead.isEmpty();
        clear();
        int[] mine = Ints.room(arriving.values, count);
        int[] theirs = Ints.room(waiting.values, count);
        int pairs = 0;
        for (int i = 0; i < count; i++) {
            for (int row = chains.first(keys[i]); row >= 0; row = chains.next(row)) {
                if (!allLive && dead.get(row)) {
                    continue;
                }
                if (pairs == mine.length) {
                    mine = Arrays.copyOf(mine, pairs * 2);
                }
                if (pairs == theirs.length) {
                    theirs = Arrays.copyOf(theirs, pairs * 2);
                }
                mine[pairs] = i;
                theirs[pairs++] = row;
            }
        }
        arriving.take(mine, pairs);
        waiting.take(theirs, pairs);
    }

    /** Keeps the pairs for which the condition is true. */
    void filter(RowSource arrived, RowSource there, boolean arrivedLeft) {
        if (residual == null) {
            return;
        }
        int kept = 0;
        for (int from = 0; from < arriving.size; from += vectorSize) {
            int count = Math.min(vectorSize, arriving.size - from);
            join(arrived, there, arrivedLeft, from, count, read);
            var mask = (BooleanVector) residual.evaluate(joined);
            for (int i = 0; i < count; i++) {
                if (mask.values[mask.offset + i] && !mask.isNull(i)) {
                    arriving.values[kept] = arriving.values[from + i];
                    waiting.values[kept++] = waiting.values[from + i];
                }
            }
        }
        arriving.size = kept;
        waiting.size = kept;
    }

    /** Adds a pair without a partner for each of the first {@code rows} arriving rows that has none, in its place. */
    void keepAll(int rows) {
        absent = true;
        var all = new Ints();
        var partners = new Ints();
        int at = 0;
        for (int row = 0; row < rows; row++) {
            if (at == arriving.size || arriving.values[at] != row) {
                all.add(row);
                partners.add(-1);
            }
            for (; at < arriving.size && arriving.values[at] == row; at++) {
                all.add(row);
                partners.add(waiting.values[at]);
            }
        }
        arriving.take(all);
        waiting.take(partners);
    }

    /** Hands the joined rows on. A row number of −1 on either side stands for NULLs. */
    void write(RowSource arrived, RowSource there, boolean arrivedLeft, Rows out) throws Exception {
        for (int from = 0; from < arriving.size; from += vectorSize) {
            int count = Math.min(vectorSize, arriving.size - from);
            join(arrived, there, arrivedLeft, from, count, written);
            out.accept(joined);
        }
    }

    private void join(RowSource arrived, RowSource there, boolean arrivedLeft, int from, int count, BitSet wanted) {
        System.arraycopy(own, 0, joined.columns, 0, own.length);
        gather(arrived, arriving.values, from, count, arrivedLeft ? 0 : leftWidth, wanted, false);
        gather(there, waiting.values, from, count, arrivedLeft ? leftWidth : 0, wanted, true);
        joined.size = count;
    }

    /** @param again rows mostly come more than once: their numbers are noted for what is above */
    private void gather(RowSource source, int[] rows, int from, int count, int at, BitSet wanted, boolean again) {
        int[] some = from == 0 && !absent ? rows : Arrays.copyOfRange(rows, from, from + count);
        int[] none = absent ? Ints.negative(some) : NOBODY;
        if (none.length == 0 && source.lend(some, count, joined, at)) {
            return;
        }
        source.gather(some, count, joined, at, wanted);
        int end = at == 0 ? leftWidth : joined.columns.length;
        for (int c = at; c < end; c++) {
            if (!wanted.get(c)) {
                continue;
            }
            if (again) {
                joined.columns[c].origins = some;
            }
            for (int row : none) {
                joined.columns[c].setNull(row);
            }
        }
    }
}
