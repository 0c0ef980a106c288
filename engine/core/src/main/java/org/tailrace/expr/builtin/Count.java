package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.data.BooleanVector;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/** {@code count(*)}, {@code count(a, ..)} and {@code count_if(condition)}. */
final class Count extends Described implements AggregateFunction {
    static final Count COUNT = new Count(
            "count",
            "count(*), count(value, ..)",
            "How many rows there are, or in how many no argument is NULL.",
            "count(x) from values (1), (NULL), (3) t(x)",
            false);
    static final Count COUNT_IF = new Count(
            "count_if",
            "count_if(condition)",
            "In how many rows the condition holds.",
            "count_if(x > 1) from values (1), (2), (3) t(x)",
            true);

    private final boolean conditional;

    private Count(String name, String signature, String doc, String example, boolean conditional) {
        super(name, signature, doc, example);
        this.conditional = conditional;
    }

    @Override
    public Signature resolve(List<Typed> arguments, EvalContext context) {
        if (arguments.isEmpty() || conditional && arguments.size() != 1) {
            throw TypeMismatch.wrongNumber(conditional ? "1 argument" : "* or values", arguments.size());
        }
        if (conditional && arguments.get(0).type() != DataType.BOOLEAN) {
            throw new TypeMismatch("needs a condition, not " + arguments.get(0).type(), 0);
        }
        return new Signature(arguments.stream().map(Typed::type).toList(), DataType.BIGINT, false);
    }

    @Override
    public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
        return new Counts(conditional);
    }

    /** One long per group. */
    private static final class Counts implements Accumulator {
        private final boolean conditional;
        private long[] counts = new long[0];

        Counts(boolean conditional) {
            this.conditional = conditional;
        }

        @Override
        public void ensureGroups(int groups) {
            if (groups > counts.length) {
                counts = Arrays.copyOf(counts, Math.max(groups, counts.length * 2));
            }
        }

        @Override
        public void reset(int group) {
            counts[group] = 0;
        }

        @Override
        public void add(int[] groups, Vector[] arguments, int count) {
            change(groups, arguments, count, 1);
        }

        @Override
        public void addAll(int[] groups, Vector[] arguments, int count) {
            if (count > 0 && arguments.length == 0) {
                counts[groups[0]] += count;
            } else {
                add(groups, arguments, count);
            }
        }

        @Override
        public boolean retractable() {
            return true;
        }

        @Override
        public void retract(int[] groups, Vector[] arguments, int count) {
            change(groups, arguments, count, -1);
        }

        private void change(int[] groups, Vector[] arguments, int count, int by) {
            long[] into = counts;
            boolean nulls = conditional;
            for (Vector argument : arguments) {
                nulls |= argument.validity != null;
            }
            if (!nulls) {
                for (int row = 0; row < count; row++) {
                    into[groups[row]] += by;
                }
                return;
            }
            for (int row = 0; row < count; row++) {
                boolean counted = true;
                for (Vector argument : arguments) {
                    counted &= !argument.isNull(row);
                }
                if (counted && (!conditional || ((BooleanVector) arguments[0]).values[arguments[0].offset + row])) {
                    into[groups[row]] += by;
                }
            }
        }

        @Override
        public void merge(int[] into, Accumulator other, int[] from, int count) {
            long[] source = ((Counts) other).counts;
            for (int i = 0; i < count; i++) {
                counts[into[i]] += source[from[i]];
            }
        }

        @Override
        public void unmerge(int[] into, Accumulator other, int[] from, int count) {
            long[] source = ((Counts) other).counts;
            for (int i = 0; i < count; i++) {
                counts[into[i]] -= source[from[i]];
            }
        }

        @Override
        public void result(int[] groups, int count, Vector result) {
            result.prepare(count);
            long[] values = ((LongVector) result).values;
            for (int i = 0; i < count; i++) {
                values[i] = counts[groups[i]];
            }
        }

        @Override
        public List<DataType> stateTypes() {
            return List.of(DataType.BIGINT);
        }

        @Override
        public void save(int[] groups, int count, Vector[] state) {
            for (int i = 0; i < count; i++) {
                ((LongVector) state[0]).append(counts[groups[i]], true);
            }
        }

        @Override
        public void load(int[] groups, Vector[] state, int count) {
            var source = (LongVector) state[0];
            for (int i = 0; i < count; i++) {
                counts[groups[i]] = source.values[source.offset + i];
            }
        }
    }
}
