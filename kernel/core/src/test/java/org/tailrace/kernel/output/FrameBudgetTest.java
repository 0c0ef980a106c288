package org.tailrace.kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FrameBudgetTest {

    private final OutputRouter router = new OutputRouter(new RecordingSink(), line -> {});
    private final FrameBudget budget = new FrameBudget();

    @AfterEach
    void close() {
        router.close();
    }

    private DisplayThread.View view(String id, long shownMs) {
        var cell = new CellContext("c", 1, "", "");
        var view = (DisplayThread.View) router.live(cell, id, () -> Map.of("text/plain", id));
        view.shownNanos = TimeUnit.MILLISECONDS.toNanos(shownMs);
        return view;
    }

    private long waitMs(DisplayThread.View view, long nowMs) {
        return TimeUnit.NANOSECONDS.toMillis(budget.waitNanos(view, TimeUnit.MILLISECONDS.toNanos(nowMs)));
    }

    @Test
    void a_display_changes_four_times_a_second_at_most() {
        var view = view("a", 1_000);
        assertEquals(250, waitMs(view, 1_000));
        assertEquals(1, waitMs(view, 1_249));
        assertEquals(0, waitMs(view, 1_250));
    }

    @Test
    void all_displays_together_change_twenty_times_a_second_at_most() {
        var view = view("a", 1_000);
        budget.sent(TimeUnit.MILLISECONDS.toNanos(1_990));
        assertEquals(40, waitMs(view, 2_000));
        assertEquals(0, waitMs(view, 2_040));
    }

    @Test
    void the_display_that_waited_longest_is_next() {
        var recent = view("a", 2_000);
        var oldest = view("b", 1_000);
        assertSame(oldest, budget.next(List.of(recent, oldest)));
        assertNull(budget.next(List.of()));
    }
}
