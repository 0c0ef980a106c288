package org.tailrace.expr.builtin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
 *
 * <p>Most groups see few values. Until a sixteenth of its registers is in use a group keeps those only, each as its number
 * and its value in one int; so a group is as large as what it has seen.
 */
final class ApproxCountDistinct implements Accumulator {
    static final AggregateOf FUNCTION = new AggregateOf(
            "approx_count_distinct",
            "approx_count_distinct(value any[, error double]) -> bigint!",
            "About how many different values there are, in little memory.",
            "approx_count_distinct(x) from values (1), (1), (3) t(x)",
            (a, r, c) -> new ApproxCountDistinct(error(a)));

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle ENTRY = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SEED = 42;
    private static final long HIGHEST = 0x8080808080808080L;
    private static final int VALUE_BITS = 7;

    private final int bits;
    private final int registers;
    /** How many registers are kept apart at most. */
    private final int few;

    /** By group, all registers; null while they are few. */
    private byte @Nullable [][] all = new byte[0][];

    /** By group, the registers in use, {@code number << VALUE_BITS | value}. */
    private int @Nullable [][] some = new int[0][];

    private int[] used = new int[0];

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
        few = registers >> 4;
    }

    @Override
    public void ensureGroups(int count) {
        if (count > used.length) {
            int size = Math.max(count, used.length * 2);
            all = Arrays.copyOf(all, size);
            some = Arrays.copyOf(some, size);
            used = Arrays.copyOf(used, size);
        }
    }

    @Override
    public void reset(int group) {
        all[group] = null;
        used[group] = 0;
    }

    @Override
    public void add(int[] into, Vector[] arguments, int count) {
        Vector in = arguments[0];
        if (in instanceof LongVector longs && longs.validity == null) {
            for (int row = 0; row < count; row++) {
                addHash(into[row], XxHash.word(longs.values[longs.offset + row], SEED));
            }
            return;
        }
        for (int row = 0; row < count; row++) {
            if (!in.isNull(row)) {
                addHash(into[row], XxHash.of(in, row, SEED));
            }
        }
    }

    private void addHash(int group, long hash) {
        int number = (int) (hash >>> 64 - bits);
        int zeros = Long.numberOfLeadingZeros(hash << bits | 1L << bits - 1) + 1;
        byte[] own = all[group];
        if (own == null) {
            addSome(group, number, zeros);
        } else if (zeros > own[number]) {
            own[number] = (byte) zeros;
        }
    }

    private void addSome(int group, int number, int value) {
        int[] own = some[group];
        int count = used[group];
        int entry = number << VALUE_BITS | value;
        for (int i = 0; i < count; i++) {
            if (own[i] >> VALUE_BITS == number) {
                own[i] = Math.max(own[i], entry);
                return;
            }
        }
        if (count == few) {
            spread(group)[number] = (byte) value;
            return;
        }
        if (own == null || own.length == count) {
            own = own == null ? new int[Math.min(4, few)] : Arrays.copyOf(own, Math.min(few, count * 2));
            some[group] = own;
        }
        own[count] = entry;
        used[group] = count + 1;
    }

    /** From the registers in use to all. */
    private byte[] spread(int group) {
        byte[] dense = new byte[registers];
        int[] own = some[group];
        for (int i = 0; i < used[group]; i++) {
            dense[own[i] >> VALUE_BITS] = (byte) (own[i] & (1 << VALUE_BITS) - 1);
        }
        all[group] = dense;
        some[group] = null;
        used[group] = 0;
        return dense;
    }

    @Override
    public void merge(int[] into, Accumulator other, int[] from, int count) {
        var source = (ApproxCountDistinct) other;
        for (int i = 0; i < count; i++) {
            byte[] theirs = source.all[from[i]];
            if (theirs != null) {
                byte[] own = all[into[i]];
                greatest(own == null ? spread(into[i]) : own, theirs);
                continue;
            }
            byte[] own = all[into[i]];
            for (int k = 0; k < source.used[from[i]]; k++) {
                int entry = source.some[from[i]][k];
                int number = entry >> VALUE_BITS;
                int value = entry & (1 << VALUE_BITS) - 1;
                if (own == null) {
                    addSome(into[i], number, value);
                    own = all[into[i]];
                } else if (value > own[number]) {
                    own[number] = (byte) value;
                }
            }
        }
    }

    /** The greater of each pair of registers, eight at a time: none has its highest bit set. */
    private static void greatest(byte[] own, byte[] theirs) {
        for (int k = 0; k < own.length; k += 8) {
            long a = (long) EIGHT.get(own, k);
            long b = (long) EIGHT.get(theirs, k);
            long notLess = ((a | HIGHEST) - b & HIGHEST) >>> 7;
            long keep = (notLess << 8) - notLess;
            EIGHT.set(own, k, a & keep | b & ~keep);
        }
    }

    @Override
    public void result(int[] of, int count, Vector result) {
        result.prepare(count);
        int[] byValue = new int[1 << VALUE_BITS];
        for (int i = 0; i < count; i++) {
            Arrays.fill(byValue, 0);
            byte[] dense = all[of[i]];
            if (dense != null) {
                for (byte register : dense) {
                    byValue[register]++;
                }
            } else {
                for (int k = 0; k < used[of[i]]; k++) {
                    byValue[some[of[i]][k] & (1 << VALUE_BITS) - 1]++;
                }
                byValue[0] = registers - used[of[i]];
            }
            ((LongVector) result).values[i] = byValue[0] == registers ? 0 : estimate(byValue);
        }
    }

    private long estimate(int[] byValue) {
        double sum = 0;
        for (int value = 64 - bits + 1; value >= 0; value--) {
            sum += byValue[value] * (1.0 / (1L << value));
        }
        int empty = byValue[0];
        double alpha = bits == 4 ? 0.673 : bits == 5 ? 0.697 : bits == 6 ? 0.709 : 0.7213 / (1 + 1.079 / registers);
        double estimate = alpha * registers * registers / sum;
        return Math.round(
                empty > 0 && estimate <= 2.5 * registers ? registers * Math.log((double) registers / empty) : estimate);
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.BINARY);
    }

    /** All registers, or those in use as four bytes each, which are always fewer; nothing for no value. */
    @Override
    public void save(int[] of, int count, Vector[] state) {
        var out = (BytesVector) state[0];
        byte[] scratch = new byte[few * Integer.BYTES];
        for (int i = 0; i < count; i++) {
            byte[] dense = all[of[i]];
            if (dense != null) {
                out.append(dense, 0, registers, true);
                continue;
            }
            int length = used[of[i]] * Integer.BYTES;
            for (int k = 0; k < used[of[i]]; k++) {
                ENTRY.set(scratch, k * Integer.BYTES, some[of[i]][k]);
            }
            out.append(scratch, 0, length, true);
        }
    }

    @Override
    public void load(int[] into, Vector[] state, int count) {
        for (int i = 0; i < count; i++) {
            byte[] saved = Cell.bytes(state[0], i);
            reset(into[i]);
            if (saved.length == registers) {
                all[into[i]] = saved;
                continue;
            }
            for (int at = 0; at < saved.length; at += Integer.BYTES) {
                int entry = (int) ENTRY.get(saved, at);
                addSome(into[i], entry >> VALUE_BITS, entry & (1 << VALUE_BITS) - 1);
            }
        }
    }
}
