package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;

/** A fold of bits: {@code bool_and}, {@code bit_xor} and the like. */
final class Folds implements Accumulator {
    private final DataType type;
    private final LongBinaryOperator operator;
    private long[] values = new long[0];
    private boolean[] present = new boolean[0];

    Folds(DataType type, LongBinaryOperator operator) {
        this.type = type;
        this.operator = operator;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > values.length) {
            int size = Math.max(groups, values.length * 2);
            values = Arrays.copyOf(values, size);
            present = Arrays.copyOf(present, size);
        }
    }

    @Override
    public void reset(int group) {
        present[group] = false;
    }

    private void fold(int group, long value) {
        values[group] = present[group] ? operator.applyAsLong(values[group], value) : value;
        present[group] = true;
    }

    @Override
    public void add(int[] groups, Vector[] arguments, int count) {
        Vector in = arguments[0];
        for (int row = 0; row < count; row++) {
            if (!in.isNull(row)) {
                fold(groups[row], value(in, row));
            }
        }
    }

    private static long value(Vector in, int row) {
        return in instanceof BooleanVector bits ? bits.values[bits.offset + row] ? 1 : 0 : Cell.whole(in, row);
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (Folds) other;
        for (int i = 0; i < count; i++) {
            if (source.present[from[i]]) {
                fold(into[i], source.values[from[i]]);
            }
        }
    }

    @Override
    public void result(int[] groups, int count, Vector result) {
        result.prepare(0);
        append(groups, count, result);
    }

    private void append(int[] groups, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            long value = values[groups[i]];
            boolean valid = present[groups[i]];
            if (out instanceof BooleanVector bits) {
                bits.append(value != 0, valid);
            } else if (out instanceof LongVector longs) {
                longs.append(value, valid);
            } else {
                ((IntVector) out).append((int) value, valid);
            }
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(type);
    }

    @Override
    public void save(int[] groups, int count, Vector[] state) {
        append(groups, count, state[0]);
    }

    @Override
    public void load(int[] groups, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            present[groups[i]] = !state[0].isNull(i);
            values[groups[i]] = present[groups[i]] ? value(state[0], i) : 0;
        }
    }
}
