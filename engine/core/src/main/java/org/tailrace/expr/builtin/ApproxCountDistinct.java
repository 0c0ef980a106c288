package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.Typed;

/**
 * {@code approx_count_distinct}: HyperLogLog (P. Flajolet and others, 2007) over the hash that Spark uses, with linear
 * counting for few values, as Spark has it. Spark also corrects the bias of middling estimates by a table; here they
 * differ from Spark's by up to a few percent, within the error that both allow.
 */
final class ApproxCountDistinct implements Accumulator {
    static final AggregateOf FUNCTION = new AggregateOf(
            "approx_count_distinct",
            "approx_count_distinct(value any[, error double]) -> bigint!",
            "About how many different values there are, in little memory.",
            "approx_count_distinct(x) from values (1), (1), (3) t(x)",
            (a, r, c) -> new ApproxCountDistinct(error(a)));

    private final int bits;
    private final int registers;
    private byte @Nullable [][] groups = new byte[0][];

    private static double error(List<Typed> arguments) {
        return arguments.size() > 1
                        && arguments.get(1) instanceof Typed.Constant constant
                        && constant.value() instanceof Number number
                ? number.doubleValue()
                : 0.05;
    }

    private ApproxCountDistinct(double error) {
        int wanted = (int) Math.ceil(2 * Math.log(1.106 / error) / Math.log(2));
        bits = Math.max(4, Math.min(wanted, 18));
        registers = 1 << bits;
    }

    @Override
    public void ensureGroups(int count) {
        if (count > groups.length) {
            groups = Arrays.copyOf(groups, Math.max(count, groups.length * 2));
        }
    }

    @Override
    public void reset(int group) {
        groups[group] = null;
    }

    private byte[] registers(int group) {
        byte[] own = groups[group];
        if (own == null) {
            own = new byte[registers];
            groups[group] = own;
        }
        return own;
    }

    @Override
    public void add(int[] into, Vector[] arguments, int count) {
        Vector in = arguments[0];
        for (int row = 0; row < count; row++) {
            if (in.isNull(row)) {
                continue;
            }
            long hash = XxHash.of(in, row, 42);
            byte[] own = registers(into[row]);
            int index = (int) (hash >>> 64 - bits);
            int zeros = Long.numberOfLeadingZeros(hash << bits | 1L << bits - 1) + 1;
            if (zeros > own[index]) {
                own[index] = (byte) zeros;
            }
        }
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        for (int i = 0; i < count; i++) {
            byte[] source = ((ApproxCountDistinct) other).groups[from[i]];
            if (source != null) {
                byte[] own = registers(into[i]);
                for (int k = 0; k < registers; k++) {
                    own[k] = (byte) Math.max(own[k], source[k]);
                }
            }
        }
    }

    @Override
    public void result(int[] of, int count, Vector result) {
        result.prepare(count);
        for (int i = 0; i < count; i++) {
            byte[] own = groups[of[i]];
            ((LongVector) result).values[i] = own == null ? 0 : estimate(own);
        }
    }

    private long estimate(byte[] own) {
        double sum = 0;
        int empty = 0;
        for (byte register : own) {
            sum += 1.0 / (1L << register);
            empty += register == 0 ? 1 : 0;
        }
        double alpha = bits == 4 ? 0.673 : bits == 5 ? 0.697 : bits == 6 ? 0.709 : 0.7213 / (1 + 1.079 / registers);
        double estimate = alpha * registers * registers / sum;
        return Math.round(
                empty > 0 && estimate <= 2.5 * registers ? registers * Math.log((double) registers / empty) : estimate);
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.BINARY);
    }

    @Override
    public void save(int[] of, int count, Vector[] state) {
        for (int i = 0; i < count; i++) {
            byte[] own = groups[of[i]];
            ((BytesVector) state[0]).append(own == null ? new byte[0] : own, 0, own == null ? 0 : registers, true);
        }
    }

    @Override
    public void load(int[] into, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            byte[] saved = Cell.bytes(state[0], i);
            groups[into[i]] = saved.length == 0 ? null : saved;
        }
    }
}
