package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;

/** The value beside the least or greatest key; of equal keys, the last one's. */
final class ExtremesBy implements Accumulator {
    private final DataType valueType;
    private final DataType keyType;
    private final boolean greatest;
    private final Slots values;
    private final Slots keys;

    /** The row of this call that gave a group its key, −1 for none: a value is copied once a call, not for every better key. */
    private int[] newest = new int[0];

    private int[] touched = new int[0];

    ExtremesBy(DataType valueType, DataType keyType, boolean greatest) {
        this.valueType = valueType;
        this.keyType = keyType;
        this.greatest = greatest;
        values = Slots.of(valueType);
        keys = Slots.of(keyType);
    }

    @Override
    public void ensureGroups(int groups) {
        values.ensure(groups);
        keys.ensure(groups);
        if (groups > newest.length) {
            int old = newest.length;
            newest = Arrays.copyOf(newest, Math.max(groups, old * 2));
            Arrays.fill(newest, old, newest.length, -1);
        }
    }

    @Override
    public void reset(int group) {
        values.clear(group);
        keys.clear(group);
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        if (touched.length < count) {
            touched = new int[count];
        }
        int changed = 0;
        for (int row = 0; row < count; row++) {
            int group = groups[row];
            if (!arguments[1].isNull(row) && (!keys.has(group) || gives(keys.compare(group, arguments[1], row)))) {
                keys.set(group, arguments[1], row);
                if (newest[group] < 0) {
                    touched[changed++] = group;
                }
                newest[group] = row;
            }
        }
        for (int i = 0; i < changed; i++) {
            int group = touched[i];
            values.set(group, arguments[0], newest[group]);
            newest[group] = -1;
        }
    }

    /** @param order of the holder against the newcomer */
    private boolean gives(int order) {
        return greatest ? order <= 0 : order >= 0;
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (ExtremesBy) other;
        for (int i = 0; i < count; i++) {
            if (source.keys.has(from[i])
                    && (!keys.has(into[i]) || gives(keys.compare(into[i], source.keys, from[i])))) {
                keys.copy(into[i], source.keys, from[i]);
                values.copy(into[i], source.values, from[i]);
            }
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        result.prepare(0);
        for (int i = 0; i < count; i++) {
            values.append(groups[i], result);
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(valueType, keyType);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            values.append(groups[i], state[0]);
            keys.append(groups[i], state[1]);
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            reset(groups[i]);
            if (!state[1].isNull(i)) {
                keys.set(groups[i], state[1], i);
                values.set(groups[i], state[0], i);
            }
        }
    }
}
