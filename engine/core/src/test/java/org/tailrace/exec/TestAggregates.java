package org.tailrace.exec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tailrace.data.DataType;
import org.tailrace.data.DoubleVector;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateCall;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

/** Small aggregates for tests of the operators: count(*), sum of bigint, sum of double, last bigint. */
final class TestAggregates {
    private TestAggregates() {}

    static AggregateCall count() {
        return new AggregateCall(new Longs("count"), List.of(), false, Optional.empty(), DataType.BIGINT, false);
    }

    static AggregateCall sum(Typed argument) {
        return new AggregateCall(new Longs("sum"), List.of(argument), false, Optional.empty(), DataType.BIGINT, true);
    }

    static AggregateCall last(Typed argument) {
        return new AggregateCall(new Longs("last"), List.of(argument), false, Optional.empty(), DataType.BIGINT, true);
    }

    static AggregateCall doubleSum(Typed argument) {
        return new AggregateCall(new Doubles(), List.of(argument), false, Optional.empty(), DataType.DOUBLE, false);
    }

    private abstract static class Named implements AggregateFunction {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public String signature() {
            return name + "(x)";
        }

        @Override
        public String doc() {
            return name;
        }

        @Override
        public String example() {
            return name + "(1)";
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Longs extends Named {
        Longs(String name) {
            super(name);
        }

        @Override
        public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
            String kind = name();
            return new Accumulator() {
                private long[] values = new long[0];

                @Override
                public void ensureGroups(int groups) {
                    if (values.length < groups) {
                        values = Arrays.copyOf(values, groups * 2);
                    }
                }

                @Override
                public void reset(int group) {
                    values[group] = 0;
                }

                @Override
                public void add(int[] groups, Vector[] args, int count) {
                    for (int i = 0; i < count; i++) {
                        long value = 1;
                        if (args.length > 0) {
                            var longs = (LongVector) args[0];
                            value = longs.isNull(i) ? 0 : longs.values[longs.offset + i];
                        }
                        values[groups[i]] = kind.equals("last") ? value : values[groups[i]] + value;
                    }
                }

                @Override
                public void merge(int[] into, Accumulator other, int[] from, int count) {
                    var vector = (LongVector) Vector.create(DataType.BIGINT);
                    other.result(from, count, vector);
                    for (int i = 0; i < count; i++) {
                        long value = vector.values[i];
                        values[into[i]] = kind.equals("last") ? value : values[into[i]] + value;
                    }
                }

                @Override
                public void result(int[] groups, int count, Vector out) {
                    out.prepare(count);
                    for (int i = 0; i < count; i++) {
                        ((LongVector) out).values[i] = values[groups[i]];
                    }
                }

                @Override
                public List<DataType> stateTypes() {
                    return List.of(DataType.BIGINT);
                }

                @Override
                public void save(int[] groups, int count, Vector[] state) {
                    for (int i = 0; i < count; i++) {
                        ((LongVector) state[0]).append(values[groups[i]], true);
                    }
                }

                @Override
                public void load(int[] groups, Vector[] state, int count) {
                    var saved = (LongVector) state[0];
                    for (int i = 0; i < count; i++) {
                        values[groups[i]] = saved.values[saved.offset + i];
                    }
                }
            };
        }
    }

    private static final class Doubles extends Named {
        Doubles() {
            super("dsum");
        }

        @Override
        public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
            return new Accumulator() {
                private double[] values = new double[0];

                @Override
                public void ensureGroups(int groups) {
                    if (values.length < groups) {
                        values = Arrays.copyOf(values, groups * 2);
                    }
                }

                @Override
                public void reset(int group) {
                    values[group] = 0;
                }

                @Override
                public void add(int[] groups, Vector[] args, int count) {
                    var doubles = (DoubleVector) args[0];
                    for (int i = 0; i < count; i++) {
                        values[groups[i]] += doubles.values[doubles.offset + i];
                    }
                }

                @Override
                public void merge(int[] into, Accumulator other, int[] from, int count) {
                    var vector = (DoubleVector) Vector.create(DataType.DOUBLE);
                    other.result(from, count, vector);
                    for (int i = 0; i < count; i++) {
                        values[into[i]] += vector.values[i];
                    }
                }

                @Override
                public void result(int[] groups, int count, Vector out) {
                    out.prepare(count);
                    for (int i = 0; i < count; i++) {
                        ((DoubleVector) out).values[i] = values[groups[i]];
                    }
                }

                @Override
                public List<DataType> stateTypes() {
                    return List.of(DataType.DOUBLE);
                }

                @Override
                public void save(int[] groups, int count, Vector[] state) {
                    for (int i = 0; i < count; i++) {
                        ((DoubleVector) state[0]).append(values[groups[i]], true);
                    }
                }

                @Override
                public void load(int[] groups, Vector[] state, int count) {
                    var saved = (DoubleVector) state[0];
                    for (int i = 0; i < count; i++) {
                        values[groups[i]] = saved.values[saved.offset + i];
                    }
                }
            };
        }
    }
}
