package org.tailrace.kernel.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {

    private final History history = new History();

    private static List<Integer> numbers(List<History.Entry> entries) {
        return entries.stream().map(History.Entry::number).toList();
    }

    @Test
    void a_result_is_noted_with_its_own_cell_also_when_a_newer_one_was_added() {
        history.add(1, "a");
        history.add(2, "b");
        history.output(1, "one");
        history.output(3, "never added");
        assertEquals("one", history.tail(2).get(0).output());
        assertNull(history.tail(1).get(0).output());
        assertEquals(List.of(1, 2), numbers(history.tail(5)));
    }

    @Test
    void only_the_newest_ten_thousand_are_kept() {
        for (int i = 1; i <= 10_005; i++) {
            history.add(i, "x");
        }
        assertEquals(10_000, history.tail(Integer.MAX_VALUE).size());
        assertEquals(List.of(), history.range(1, 6));
        assertEquals(List.of(10_004, 10_005), numbers(history.range(10_004, 20_000)));
    }

    @Test
    void a_search_takes_every_character_but_star_and_question_mark_as_it_is() {
        history.add(1, "f(x) \\E [a]");
        history.add(2, "first\nsecond");
        assertEquals(List.of(1), numbers(history.search("f(?) \\E [a]", 9, false)));
        assertEquals(List.of(2), numbers(history.search("*second", 9, false)));
        assertEquals(List.of(), numbers(history.search("second", 9, false)));
    }

    @Test
    void counts_below_zero_are_none() {
        history.add(1, "a");
        assertEquals(List.of(), history.tail(-1));
    }
}
