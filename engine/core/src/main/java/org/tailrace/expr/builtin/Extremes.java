package org.tailrace.expr.builtin;

import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.Ordering;

/** Least and greatest values. */
final class Extremes implements Accumulator {
    private final DataType type;
    private final boolean greatest;
    private final Slots slots;

    Extremes(DataType type, boolean greatest) {
        this.type = type;
        this.greatest = greatest;
        slots = Slots.of(type);
    }

    @Override
    public void ensureGroups(int groups) {
        slots.ensure(groups);
    }

    @Override
    public void reset(int group) {
        slots.clear(group);
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        Vector in = arguments[0];
        if (in instanceof LongVector longs) {
            longs(groups, longs, count);
        } else if (in instanceof DoubleVector doubles) {
            doubles(groups, doubles, count);
        } else {
            for (int row = 0; row < count; row++) {
                int group = groups[row];
                if (!in.isNull(row) && (!slots.has(group) || beats(-slots.compare(group, in, row)))) {
                    slots.set(group, in, row);
                }
            }
        }
    }

    @Override
    public void addAll(int[] groups, Vector[] arguments, int count) {
        if (count == 0 || !(arguments[0] instanceof LongVector in) || in.validity != null) {
            add(groups, arguments, count);
            return;
        }
        long best = in.values[in.offset];
        for (int at = in.offset; at < in.offset + count; at++) {
            long value = in.values[at];
            if (greatest ? value > best : value < best) {
                best = value;
            }
        }
        offer(groups[0], best);
    }

    private void offer(int group, long value) {
        long[] held = ((Slots.Longs) slots).values;
        if (slots.state[group] == Slots.NONE || (greatest ? value > held[group] : value < held[group])) {
            held[group] = value;
            slots.state[group] = Slots.VALUE;
        }
    }

    /** @param order of the newcomer against the holder */
    private boolean beats(int order) {
        return greatest ? order > 0 : order < 0;
    }

    private void longs(int[] groups, LongVector in, int count) {
        long[] best = ((Slots.Longs) slots).values;
        byte[] state = slots.state;
        long[] values = in.values;
        boolean nulls = in.validity != null;
        for (int row = 0, at = in.offset; row < count; row++, at++) {
            if (nulls && in.isNull(row)) {
                continue;
            }
            int group = groups[row];
            long value = values[at];
            if (state[group] == Slots.NONE || (greatest ? value > best[group] : value < best[group])) {
                best[group] = value;
                state[group] = Slots.VALUE;
            }
        }
    }

    private void doubles(int[] groups, DoubleVector in, int count) {
        double[] best = ((Slots.Doubles) slots).values;
        byte[] state = slots.state;
        double[] values = in.values;
        boolean nulls = in.validity != null;
        for (int row = 0, at = in.offset; row < count; row++, at++) {
            if (nulls && in.isNull(row)) {
                continue;
            }
            int group = groups[row];
            double value = values[at];
            if (state[group] == Slots.NONE || beats(Ordering.compare(value, best[group]))) {
                best[group] = value;
                state[group] = Slots.VALUE;
            }
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        Slots source = ((Extremes) other).slots;
        for (int i = 0; i < count; i++) {
            if (source.has(from[i]) && (!slots.has(into[i]) || beats(-slots.compare(into[i], source, from[i])))) {
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
        return List.of(type);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            slots.append(groups[i], state[0]);
        }
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            slots.clear(groups[i]);
            if (!state[0].isNull(i)) {
                slots.set(groups[i], state[0], i);
            }
        }
    }
}
