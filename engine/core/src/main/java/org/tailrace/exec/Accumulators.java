package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** Of the filters of the rows that are being added; several aggregates may have the same. */
    private final List<Selected> selections = new ArrayList<>();

    private int selected;

    Accumulators(List<AggregateCall> calls, EvalContext context) {
        this.calls = calls;
        each = new Accumulator[calls.size()];
        for (int a = 0; a < each.length; a++) {
            each[a] = calls.get(a).accumulator(context);
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
        selected = 0;
        for (int a = 0; a < each.length; a++) {
            Vector filter = rows.filters[a];
            if (filter == null && one) {
                each[a].addAll(groups, rows.arguments[a], rows.count);
            } else if (filter == null) {
                each[a].add(groups, rows.arguments[a], rows.count);
            } else {
                Selected some = selected((BooleanVector) filter, groups, rows.count);
                each[a].add(some.groups, some.gather(rows.arguments[a]), some.count);
            }
        }
    }

    private Selected selected(BooleanVector filter, int[] groups, int count) {
        for (int s = 0; s < selected; s++) {
            if (selections.get(s).filter == filter) {
                return selections.get(s);
            }
        }
        if (selected == selections.size()) {
            selections.add(new Selected(filter));
        }
        Selected fresh = selections.get(selected++);
        fresh.select(filter, groups, count);
        return fresh;
    }

    /** The rows for which a filter is true, their groups and what is asked of their columns. */
    private static final class Selected {
        private BooleanVector filter;
        private int[] rows = new int[0];
        private int[] groups = new int[0];
        private int count;
        private final List<Vector> sources = new ArrayList<>();
        private final Map<DataType, List<Vector>> spare = new HashMap<>();
        private final List<Vector> gathered = new ArrayList<>();

        Selected(BooleanVector filter) {
            this.filter = filter;
        }

        void select(BooleanVector by, int[] of, int size) {
            filter = by;
            gathered.forEach(
                    v -> spare.computeIfAbsent(v.type, t -> new ArrayList<>()).add(v));
            gathered.clear();
            sources.clear();
            rows = Ints.room(rows, size);
            groups = Ints.room(groups, size);
            count = 0;
            boolean[] values = by.values;
            boolean nulls = by.validity != null;
            for (int i = 0; i < size; i++) {
                groups[count] = of[i];
                rows[count] = i;
                count += values[by.offset + i] && !(nulls && by.isNull(i)) ? 1 : 0;
            }
        }

        Vector[] gather(Vector[] columns) {
            var out = new Vector[columns.length];
            for (int c = 0; c < out.length; c++) {
                out[c] = gather(columns[c]);
            }
            return out;
        }

        private Vector gather(Vector column) {
            int known = 0;
            while (known < sources.size() && sources.get(known) != column) {
                known++;
            }
            if (known == sources.size()) {
                List<Vector> unused = spare.computeIfAbsent(column.type, t -> new ArrayList<>());
                Vector some = unused.isEmpty() ? Vector.create(column.type) : unused.remove(unused.size() - 1);
                some.gather(column, rows, count);
                sources.add(column);
                gathered.add(some);
            }
            return gathered.get(known);
        }
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
