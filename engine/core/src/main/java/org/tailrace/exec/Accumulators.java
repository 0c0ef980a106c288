package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.EvalContext;

/** The accumulators of all aggregates of one table of groups, with their FILTER. */
final class Accumulators {
    private final List<AggregateCall> calls;
    private final Accumulator[] each;
    private final Vector[][] kept;
    private int[] selection = new int[0];
    private int[] keptGroups = new int[0];

    Accumulators(List<AggregateCall> calls, EvalContext context) {
        this.calls = calls;
        each = new Accumulator[calls.size()];
        kept = new Vector[calls.size()][];
        for (int a = 0; a < each.length; a++) {
            AggregateCall call = calls.get(a);
            each[a] = call.accumulator(context);
            kept[a] =
                    call.arguments().stream().map(t -> Vector.create(t.type())).toArray(Vector[]::new);
        }
    }

    void ensureGroups(int groups) {
        for (Accumulator accumulator : each) {
            accumulator.ensureGroups(groups);
        }
    }

    void reset(int group) {
        for (Accumulator accumulator : each) {
            accumulator.reset(group);
        }
    }

    /** @param one all rows are of the same group */
    void add(int[] groups, AggregateRows rows, boolean one) {
        for (int a = 0; a < each.length; a++) {
            Vector filter = rows.filters[a];
            if (filter == null && one) {
                each[a].addAll(groups, rows.arguments[a], rows.count);
            } else if (filter == null) {
                each[a].add(groups, rows.arguments[a], rows.count);
            } else {
                addSome(a, groups, rows, (BooleanVector) filter);
            }
        }
    }

    private void addSome(int a, int[] groups, AggregateRows rows, BooleanVector filter) {
        selection = Ints.room(selection, rows.count);
        keptGroups = Ints.room(keptGroups, rows.count);
        int count = 0;
        for (int i = 0; i < rows.count; i++) {
            if (!filter.isNull(i) && filter.values[filter.offset + i]) {
                keptGroups[count] = groups[i];
                selection[count++] = i;
            }
        }
        for (int i = 0; i < kept[a].length; i++) {
            kept[a][i].gather(rows.arguments[a][i], selection, count);
        }
        each[a].add(keptGroups, kept[a], count);
    }

    void merge(int[] into, Accumulators other, int[] from, int count) {
        for (int a = 0; a < each.length; a++) {
            each[a].merge(into, other.each[a], from, count);
        }
    }

    /** Writes the results to {@code target}, from column {@code at} on. */
    void results(int[] groups, int count, Vector[] target, int at) {
        for (int a = 0; a < each.length; a++) {
            each[a].result(groups, count, target[at + a]);
        }
    }

    List<DataType> stateTypes() {
        List<DataType> types = new ArrayList<>();
        for (Accumulator accumulator : each) {
            types.addAll(accumulator.stateTypes());
        }
        return types;
    }

    /** Names for {@link #stateTypes}: the function's, numbered. */
    List<String> stateNames() {
        List<String> names = new ArrayList<>();
        for (int a = 0; a < each.length; a++) {
            for (int i = 0; i < each[a].stateTypes().size(); i++) {
                names.add(calls.get(a).function().name() + "_" + a + "_" + i);
            }
        }
        return names;
    }

    /** Appends states to the vectors from {@code at} on. */
    void save(int[] groups, int count, Vector[] target, int at) {
        int from = at;
        for (Accumulator accumulator : each) {
            int to = from + accumulator.stateTypes().size();
            accumulator.save(groups, count, Arrays.copyOfRange(target, from, to));
            from = to;
        }
    }

    /** About how many bytes the states of these groups take. */
    long bytes(int[] groups, int count) {
        Vector[] states = GroupTable.vectors(stateTypes());
        save(groups, count, states, 0);
        long bytes = 0;
        for (Vector column : states) {
            for (int row = 0; row < count; row++) {
                bytes += RowSizes.bytes(column, row);
            }
        }
        return bytes;
    }

    void load(int[] groups, Vector[] source, int at, int count) {
        int from = at;
        for (Accumulator accumulator : each) {
            int to = from + accumulator.stateTypes().size();
            accumulator.load(groups, Arrays.copyOfRange(source, from, to), count);
            from = to;
        }
    }
}
