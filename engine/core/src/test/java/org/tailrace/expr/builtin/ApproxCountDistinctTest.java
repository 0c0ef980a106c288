package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tailrace.data.BytesVector;
import org.tailrace.data.DataType;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Typed;

class ApproxCountDistinctTest {
    private static final int[] SIZES = {0, 1, 3, 31, 32, 33, 40, 500, 5_000};

    private static Accumulator accumulator() {
        Accumulator made = ApproxCountDistinct.FUNCTION.create(
                List.of(new Typed.Input(0, DataType.BIGINT, false)),
                DataType.BIGINT,
                EvalContext.of(ZoneOffset.UTC, true));
        made.ensureGroups(2);
        return made;
    }

    private static LongVector values(int count, SplittableRandom random, Set<Long> seen) {
        var values = new LongVector(DataType.BIGINT);
        values.prepare(count);
        for (int i = 0; i < count; i++) {
            values.values[i] = random.nextInt(count);
            seen.add(values.values[i]);
        }
        return values;
    }

    private static long result(Accumulator of, int group) {
        var out = new LongVector(DataType.BIGINT);
        of.result(new int[] {group}, 1, out);
        return out.values[0];
    }

    private static byte[] state(Accumulator of, int group) {
        Vector state = Vector.create(DataType.BINARY);
        state.prepare(0);
        of.save(new int[] {group}, 1, new Vector[] {state});
        return Cell.bytes(state, 0);
    }

    @Test
    void parts_merge_to_what_one_group_counts_however_few_or_many_they_saw() {
        var random = new SplittableRandom(3);
        for (int left : SIZES) {
            for (int right : SIZES) {
                Accumulator parts = accumulator();
                Accumulator other = accumulator();
                Accumulator whole = accumulator();
                Set<Long> seen = new HashSet<>();
                LongVector first = values(left, random, seen);
                LongVector second = values(right, random, seen);
                parts.add(new int[left], new Vector[] {first}, left);
                other.add(new int[right], new Vector[] {second}, right);
                parts.merge(new int[] {0}, other, new int[] {0}, 1);
                whole.add(new int[left], new Vector[] {first}, left);
                whole.add(new int[right], new Vector[] {second}, right);
                assertEquals(result(whole, 0), result(parts, 0), left + " and " + right);
                assertEquals(state(whole, 0).length, state(parts, 0).length, left + " and " + right);
                assertTrue(
                        Math.abs(result(parts, 0) - seen.size()) <= 1 + seen.size() / 5,
                        result(parts, 0) + " of " + seen.size());
            }
        }
    }

    @Test
    void a_state_comes_back_from_its_log_and_takes_more() {
        var random = new SplittableRandom(4);
        for (int size : SIZES) {
            Accumulator before = accumulator();
            LongVector more = values(50, random, new HashSet<>());
            before.add(new int[size], new Vector[] {values(size, random, new HashSet<>())}, size);
            var saved = new BytesVector(DataType.BINARY);
            saved.prepare(0);
            before.save(new int[] {0}, 1, new Vector[] {saved});
            Accumulator after = accumulator();
            after.add(new int[] {1}, new Vector[] {more}, 1);
            after.load(new int[] {1}, new Vector[] {saved}, 1);
            assertEquals(result(before, 0), result(after, 1));
            before.add(new int[50], new Vector[] {more}, 50);
            int[] second = new int[50];
            java.util.Arrays.fill(second, 1);
            after.add(second, new Vector[] {more}, 50);
            assertEquals(result(before, 0), result(after, 1));
        }
    }

    @Test
    void a_group_is_as_small_as_what_it_has_seen() {
        var few = new LongVector(DataType.BIGINT);
        few.prepare(3);
        few.values[1] = 1;
        few.values[2] = 1;
        Accumulator counted = accumulator();
        counted.add(new int[3], new Vector[] {few}, 3);
        assertEquals(2, result(counted, 0));
        assertEquals(8, state(counted, 0).length);
    }
}
