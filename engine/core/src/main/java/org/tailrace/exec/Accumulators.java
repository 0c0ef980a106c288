package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.EvalContext;

/** The accumulators of all aggregates of one table of groups, with their FILTER and DISTINCT. */
final class Accumulators {
    private final List<AggregateCall> calls;
    private final Accumulator[] each;

    /** Of a DISTINCT aggregate: the (group, arguments) seen. Only bounded tables have those, so they are never saved. */
    private final @Nullable GroupIndex[] seen;

    private final Vector[][] kept;
    private int[] selection = new int[0];
    private int[] keptGroups = new int[0];
    private int[] ids = new int[0];

    Accumulators(List<AggregateCall> calls, EvalContext context) {
        this.calls = calls;
        each = new Accumulator[calls.size()];
        seen = new @Nullable GroupIndex[calls.size()];
        kept = new Vector[calls.size()][];
        for (int a = 0; a < each.length; a++) {
            AggregateCall call = calls.get(a);
            each[a] = call.function().create(call.arguments(), call.type(), context);
            kept[a] =
                    call.arguments().stream().map(t -> Vector.create(t.type())).toArray(Vector[]::new);
            if (call.distinct()) {
                List<DataType> types = new ArrayList<>();
                types.add(DataType.INT);
                call.arguments().forEach(t -> types.add(t.type()));
                seen[a] = new GroupIndex(types);
            }
        }
    }

    static boolean anyDistinct(List<AggregateCall> calls) {
        return calls.stream().anyMatch(AggregateCall::distinct);
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

    void add(int[] groups, AggregateRows rows) {
        for (int a = 0; a < each.length; a++) {
            Vector filter = rows.filters[a];
            if (filter == null && seen[a] == null) {
                each[a].add(groups, rows.arguments[a], rows.count);
            } else {
                addSome(a, groups, rows, (BooleanVector) filter);
            }
        }
    }

    private void addSome(int a, int[] groups, AggregateRows rows, @Nullable BooleanVector filter) {
        selection = Ints.room(selection, rows.count);
        int count = 0;
        for (int i = 0; i < rows.count; i++) {
            if (filter == null || !filter.isNull(i) && filter.values[filter.offset + i]) {
                selection[count++] = i;
            }
        }
        count = keep(a, groups, rows.arguments[a], count);
        GroupIndex distinct = seen[a];
        if (distinct != null) {
            Vector[] keys = new Vector[kept[a].length + 1];
            var ofGroup = new IntVector(DataType.INT);
            ofGroup.prepare(count);
            System.arraycopy(keptGroups, 0, ofGroup.values, 0, count);
            keys[0] = ofGroup;
            System.arraycopy(kept[a], 0, keys, 1, kept[a].length);
            ids = Ints.room(ids, count);
            int next = distinct.size();
            distinct.add(keys, count, ids);
            int fresh = 0;
            for (int i = 0; i < count; i++) {
                if (ids[i] == next) {
                    selection[fresh++] = selection[i];
                    next++;
                }
            }
            count = keep(a, groups, rows.arguments[a], fresh);
        }
        each[a].add(keptGroups, kept[a], count);
    }

    private int keep(int a, int[] groups, Vector[] arguments, int count) {
        keptGroups = Ints.room(keptGroups, count);
        for (int i = 0; i < count; i++) {
            keptGroups[i] = groups[selection[i]];
        }
        for (int i = 0; i < arguments.length; i++) {
            kept[a][i].gather(arguments[i], selection, count);
        }
        return count;
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

    void load(int[] groups, Vector[] source, int at, int count) {
        int from = at;
        for (Accumulator accumulator : each) {
            int to = from + accumulator.stateTypes().size();
            accumulator.load(groups, Arrays.copyOfRange(source, from, to), count);
            from = to;
        }
    }
}
