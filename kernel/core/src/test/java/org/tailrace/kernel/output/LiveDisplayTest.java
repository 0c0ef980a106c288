package org.tailrace.kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try")
final class LiveDisplayTest {

    private final RecordingSink sink = new RecordingSink();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final OutputRouter router = new OutputRouter(sink, log::add);

    @AfterEach
    void close() {
        router.close();
    }

    private static CellContext cell(int number) {
        return new CellContext("c" + number, number, "", "");
    }

    private static Map<String, String> text(String text) {
        return Map.of("text/plain", text);
    }

    @Test
    void the_first_picture_is_a_display_and_later_ones_update_it() throws InterruptedException {
        var live = router.live(cell(1), "d", () -> text("one"));
        assertEquals(List.of("1 display d{text/plain=one}"), sink.lines());
        live.update(() -> text("two"));
        sink.await("1 update d{text/plain=two}");
    }

    @Test
    void only_the_newest_of_many_changes_is_drawn() {
        var drawn = new AtomicInteger();
        var live = router.live(cell(1), "d", () -> text("first"));
        for (int i = 0; i < 10_000; i++) {
            int n = i;
            live.update(() -> {
                drawn.incrementAndGet();
                return text("frame " + n);
            });
        }
        live.flush();
        var lines = sink.lines();
        assertEquals("1 update d{text/plain=frame 9999}", lines.get(lines.size() - 1));
        assertTrue(drawn.get() < 1_000, "pictures drawn: " + drawn);
    }

    @Test
    void an_unchanged_picture_is_not_sent() {
        var live = router.live(cell(1), "d", () -> text("same"));
        live.update(() -> text("same"));
        live.flush();
        assertEquals(List.of("1 display d{text/plain=same}"), sink.lines());
    }

    @Test
    void pending_frames_arrive_before_the_running_cell_ends_and_carry_its_parent() {
        var live = router.live(cell(1), "d", () -> text("one"));
        try (var run = router.run(cell(2))) {
            live.update(() -> text("two"));
        }
        assertEquals(List.of("1 display d{text/plain=one}", "2 update d{text/plain=two}"), sink.lines());
        live.update(() -> text("three"));
        live.flush();
        assertEquals("1 update d{text/plain=three}", sink.lines().get(2));
    }

    @Test
    void a_picture_that_fails_is_logged_and_the_next_one_is_drawn() {
        var live = router.live(cell(1), "d", () -> text("one"));
        live.update(() -> {
            throw new IllegalStateException("no picture");
        });
        live.flush();
        assertTrue(log.get(0).contains("no picture"), log.toString());
        live.update(() -> text("two"));
        live.flush();
        assertEquals("1 update d{text/plain=two}", sink.lines().get(1));
    }

    @Test
    void the_same_id_shown_again_mirrors_the_display() {
        var live = router.live(cell(1), "d", () -> text("one"));
        var again = router.live(cell(2), "d", () -> text("one"));
        live.update(() -> text("two"));
        again.flush();
        assertEquals(
                List.of("1 display d{text/plain=one}", "2 display d{text/plain=one}", "2 update d{text/plain=two}"),
                sink.lines());
    }

    @Test
    void update_never_waits_for_a_picture_being_drawn() throws InterruptedException {
        var drawing = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var live = router.live(cell(1), "d", () -> text("one"));
        live.update(() -> {
            drawing.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return text("two");
        });
        drawing.await();
        live.update(() -> text("three"));
        assertEquals(1, sink.lines().size());
        go.countDown();
        live.flush();
        assertEquals(
                List.of("1 display d{text/plain=one}", "1 update d{text/plain=two}", "1 update d{text/plain=three}"),
                sink.lines());
    }

    @Test
    void closing_draws_what_is_pending_and_later_changes_do_nothing() {
        var live = router.live(cell(1), "d", () -> text("one"));
        live.update(() -> text("last"));
        router.close();
        assertEquals("1 update d{text/plain=last}", sink.lines().get(1));
        live.update(() -> text("never"));
        live.flush();
        assertEquals(2, sink.lines().size());
        assertFalse(sink.lines().toString().contains("never"));
    }
}
