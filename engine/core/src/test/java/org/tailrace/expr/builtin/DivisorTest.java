package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DivisorTest {
    private final SplittableRandom random = new SplittableRandom(123);

    /** Numbers of every length, both signs, and those beside powers of two. */
    private long some() {
        long number = random.nextInt(4) == 0 ? 1L << random.nextInt(64) : random.nextLong() >> random.nextInt(64);
        return number + random.nextInt(3) - 1;
    }

    @Test
    void multiplying_by_the_factor_divides() {
        for (int i = 0; i < 3_000; i++) {
            long number = some() & Long.MAX_VALUE;
            long by = number < 2 ? 2 + random.nextInt(10) : number;
            var divisor = new Divisor(by);
            for (int j = 0; j < 100; j++) {
                long dividend = j < 4 ? new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}[j] : some();
                dividend = random.nextInt(4) == 0 ? dividend / by * by - random.nextInt(2) : dividend;
                String what = dividend + " by " + by;
                assertEquals(dividend / by, divisor.quotient(dividend), what);
                assertEquals(dividend % by, divisor.remainder(dividend), what);
                assertEquals(Math.floorMod(dividend, by), divisor.modulus(dividend), what);
            }
        }
    }

    @Test
    void a_part_of_a_text_is_that_of_splitting_it() {
        for (int i = 0; i < 2_000; i++) {
            String separator = random.nextBoolean() ? "/" : "//";
            var text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append("/ab".charAt(random.nextInt(3)));
            }
            String[] parts = text.toString().split(Pattern.quote(separator), -1);
            for (int part = -6; part <= 6; part++) {
                int index = part > 0 ? part - 1 : parts.length + part;
                String expected = part == 0 || index < 0 || index >= parts.length ? "" : parts[index];
                if (part != 0) {
                    assertEquals(expected, Texts.part(text.toString(), separator, part), text + " " + part);
                }
            }
        }
    }
}
