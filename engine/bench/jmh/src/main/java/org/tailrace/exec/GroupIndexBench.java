package org.tailrace.exec;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;

/** From keys to group ids: nanoseconds a row, by how many groups there are; all of them are known already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(GroupIndexBench.ROWS)
public class GroupIndexBench {
    static final int ROWS = 4096;
    private static final int BLOCKS = 16;

    /** Number of different keys. */
    @Param({"1000", "1000000"})
    public int groups;

    private final int[] ids = new int[ROWS];
    private Kind ints;
    private Kind longs;
    private Kind strings;
    private Kind pairs;

    /** An index that knows its keys, and blocks of rows to look up by turns. */
    private static final class Kind {
        private final GroupIndex index;
        private final Vector[][] blocks = new Vector[BLOCKS][];
        private int next;

        Kind(List<DataType> types, int groups, LongFunction<List<Object>> key) {
            index = new GroupIndex(types, groups);
            var random = new SplittableRandom(7);
            for (int from = 0; from < groups; from += ROWS) {
                Vector[] rows = vectors(types);
                int count = Math.min(ROWS, groups - from);
                for (int i = 0; i < count; i++) {
                    append(rows, key.apply(from + i));
                }
                index.add(rows, count, new int[count]);
            }
            for (int block = 0; block < BLOCKS; block++) {
                blocks[block] = vectors(types);
                for (int i = 0; i < ROWS; i++) {
                    append(blocks[block], key.apply(random.nextInt(groups)));
                }
            }
        }

        private static Vector[] vectors(List<DataType> types) {
            return types.stream().map(Vector::create).toArray(Vector[]::new);
        }

        private static void append(Vector[] rows, List<Object> values) {
            for (int c = 0; c < rows.length; c++) {
                rows[c].appendValue(values.get(c));
            }
        }

        int[] add(int[] ids) {
            index.add(blocks[next++ % BLOCKS], ROWS, ids);
            return ids;
        }
    }

    @Setup(Level.Trial)
    public void fill() {
        ints = new Kind(List.of(DataType.INT), groups, n -> List.of((int) n));
        longs = new Kind(List.of(DataType.BIGINT), groups, n -> List.of(n * 0x9E3779B97F4A7C15L));
        strings = new Kind(List.of(DataType.STRING), groups, n -> List.of("key-" + n));
        pairs = new Kind(List.of(DataType.BIGINT, DataType.INT), groups, n -> List.of(n / 10, (int) (n % 10)));
    }

    @Benchmark
    public int[] oneInt() {
        return ints.add(ids);
    }

    @Benchmark
    public int[] oneLong() {
        return longs.add(ids);
    }

    @Benchmark
    public int[] oneString() {
        return strings.add(ids);
    }

    @Benchmark
    public int[] twoColumns() {
        return pairs.add(ids);
    }
}
