package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;

/** The first or last value in order of arrival, with or without NULLs. */
final class Ends implements Accumulator {
    private final DataType type;
    private final boolean last;
    private final boolean ignoreNulls;
    private final Slots slots;
    private int[] stamps = new int[0];
    private int stamp;

    Ends(DataType type, boolean last, boolean ignoreNulls) {
        this.type = type;
        this.last = last;
        this.ignoreNulls = ignoreNulls;
        slots = Slots.of(type);
    }

    @Override
    public void ensureGroups(int groups) {
        slots.ensure(groups);
        if (groups > stamps.length) {
            stamps = Arrays.copyOf(stamps, slots.state.length);
        }
    }

    @Override
    public void reset(int group) {
        slots.clear(group);
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        Vector in = arguments[0];
        if (!last) {
            for (int row = 0; row < count; row++) {
                if (!slots.has(groups[row]) && !(ignoreNulls && in.isNull(row))) {
                    slots.set(groups[row], in, row);
                }
            }
            return;
        }
        // Backwards, so that each group's value is copied once.
        stamp++;
        for (int row = count - 1; row >= 0; row--) {
            int group = groups[row];
            if (stamps[group] != stamp && !(ignoreNulls && in.isNull(row))) {
                stamps[group] = stamp;
                slots.set(group, in, row);
            }
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        Slots source = ((Ends) other).slots;
        for (int i = 0; i < count; i++) {
            if (source.has(from[i]) && (last || !slots.has(into[i]))) {
                slots.copy(into[i], source, from[i]);
            }
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        result.prepare(0);
        for (int i = 0; i < count; i++) {
            slots.append(groups[i], result);
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(type, DataType.BOOLEAN);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            slots.append(groups[i], state[0]);
            ((BooleanVector) state[1]).append(slots.has(groups[i]), true);
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            slots.clear(groups[i]);
            if (Cell.truth(state[1], i)) {
                slots.set(groups[i], state[0], i);
            }
        }
    }
}
