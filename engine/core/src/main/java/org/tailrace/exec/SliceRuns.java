package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.data.LongVector;

/**
 * The rows of a part of a batch, grouped by slices of sliding windows: a row is added to one slice here and not to every
 * window that covers it; the groups of a slice are merged into those windows later.
 *
 * <pre>
 *   rows   s1 s1 s1 s2 s2 s1 s1 s2 …          a run: neighbours in the same slice
 *   runs  └── 1 ───┘└ 2 ─┘└ 3 ─┘└ 4 …         merged in this order, so groups and their rows keep their order
 * </pre>
 *
 * <p>Rows that jump between slices make short runs, which cost more than they save; so there are at most {@link #MOST}.
 * Where the runs end follows from the rows alone, not from how they come in vectors.
 */
final class SliceRuns {
    static final int MOST = 32;

    /** @param start of the slice, and of the latest window that covers it */
    record Run(long start, GroupTable table) {}

    private final GroupShape shape;
    private final int expected;
    private final AggregateRows some;
    private final List<Run> runs = new ArrayList<>();
    private final Ints rows = new Ints();

    /** @param expected groups of a run */
    SliceRuns(GroupShape shape, int expected) {
        this.shape = shape;
        this.expected = expected;
        some = shape.rows();
    }

    int size() {
        return runs.size();
    }

    Run run(int index) {
        return runs.get(index);
    }

    /** How many rows were added to a run. */
    int rows(int index) {
        return rows.values[index];
    }

    /** Adds rows that are all in one slice; returns the number of rows added, all or none. */
    int add(AggregateRows all, long slice) {
        if (!open(slice)) {
            return 0;
        }
        add(all);
        return all.count;
    }

    /** Adds rows by their slices, those without a time to none; returns the first row that would make a run too many. */
    int add(AggregateRows all, LongVector times, long[] slices) {
        int[] picked = new int[all.count];
        int count = 0;
        for (int i = 0; i < all.count; i++) {
            if (times.isNull(i)) {
                continue;
            }
            if (count > 0 && slices[i] != slices[picked[0]]) {
                addSome(all, picked, count);
                count = 0;
            }
            if (count == 0 && !open(slices[i])) {
                return i;
            }
            picked[count++] = i;
        }
        addSome(all, picked, count);
        return all.count;
    }

    private boolean open(long slice) {
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).start() == slice) {
            return true;
        }
        if (runs.size() == MOST) {
            return false;
        }
        runs.add(new Run(slice, GroupTable.part(shape, expected)));
        rows.add(0);
        return true;
    }

    private void addSome(AggregateRows all, int[] picked, int count) {
        if (count > 0) {
            some.gather(all, picked, count);
            add(some);
        }
    }

    private void add(AggregateRows these) {
        int last = runs.size() - 1;
        rows.values[last] += these.count;
        runs.get(last).table().add(these);
    }
}
