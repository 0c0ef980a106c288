package org.tailrace.keyed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.KeyedStream;
import org.tailrace.Query;
import org.tailrace.StreamTable;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.PlanException;
import org.tailrace.function.Emitter;
import org.tailrace.function.ListState;
import org.tailrace.function.MapState;
import org.tailrace.function.StateHandle;
import org.tailrace.function.StatefulProcessor;
import org.tailrace.function.StatefulProcessorWithInitialState;
import org.tailrace.function.TimeMode;
import org.tailrace.function.Timers;
import org.tailrace.function.ValueState;
import org.tailrace.keyed.Visits.Line;
import org.tailrace.keyed.Visits.Visit;
import org.tailrace.plan.OutputMode;

@Timeout(60)
class ProcessorsTest {
    private final Visits world = new Visits();

    @AfterEach
    void stop() throws Exception {
        world.streams.close();
    }

    private StreamTable table(TimeMode time, Supplier<? extends StatefulProcessor<String, Visit, Line>> processor) {
        return byUser().timeMode(time).transformWithState(Line.class, processor);
    }

    private KeyedStream<String, Visit> byUser() {
        return world.visits.withWatermark("ts", "10 minutes").as(Visit.class).keyBy(Visit::user);
    }

    private Query start(TimeMode time, Supplier<? extends StatefulProcessor<String, Visit, Line>> processor) {
        return world.start(table(time, processor), OutputMode.APPEND);
    }

    private String refused(TimeMode time, Supplier<? extends StatefulProcessor<String, Visit, Line>> processor) {
        return assertThrows(PlanException.class, () -> table(time, processor)).code();
    }

    record Page(String name) {}

    /** A value, a list and a map for each user; says what they hold. */
    static final class Kept extends StatefulProcessor<String, Visit, Line> {
        private ValueState<Long> count;
        private ListState<Instant> times;
        private MapState<Page, Long> pages;

        @Override
        public void init(StateHandle state) {
            count = state.value("count", Long.class);
            times = state.list("times", Instant.class);
            pages = state.map("pages", Page.class, Long.class);
        }

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {
            while (rows.hasNext()) {
                Visit visit = rows.next();
                switch (visit.page()) {
                    case "/forget" -> {
                        count.clear();
                        times.clear();
                        pages.clear();
                    }
                    case "/unmap" -> pages.remove(new Page("/a"));
                    case "/replace" -> times.set(List.of(visit.ts(), Instant.EPOCH));
                    default -> {
                        count.set(count.orElse(0L) + 1);
                        times.add(visit.ts());
                        pages.put(new Page(visit.page()), pages.orElse(new Page(visit.page()), 0L) + 1);
                    }
                }
            }
            out.emit(new Line(
                    user, count.orElse(0L) + times.get().toString().replaceAll("2024-05-01T|:00Z", "") + pages()));
        }

        private String pages() {
            var text = new StringBuilder();
            pages.entries().forEach((page, n) -> text.append(page.name()).append(n));
            return text.toString();
        }
    }

    @Test
    void values_lists_and_maps_are_kept_for_each_key_and_across_restarts() throws Exception {
        var said = new java.util.ArrayList<String>();
        for (boolean restart : new boolean[] {false, true}) {
            var one = new Visits();
            StreamTable table = one.visits.as(Visit.class).keyBy(Visit::user).transformWithState(Line.class, Kept::new);
            Query q = one.start(table, OutputMode.APPEND);
            String[][] steps = {
                {"ann", "/b", "12:00", "bob", "/a", "12:01", "ann", "/a", "12:02"},
                {"ann", "/a", "12:03"},
                {"bob", "/forget", "12:04", "ann", "/unmap", "12:04"},
                {"ann", "/replace", "12:05", "bob", "/c", "12:06"},
                {"ann", "/a", "12:07", "bob", "/d", "12:08"}
            };
            for (String[] step : steps) {
                one.add(step);
                q.step();
                if (restart) {
                    q.stop();
                    q = one.start(table, OutputMode.APPEND);
                }
            }
            if (!restart) {
                assertEquals(2 + 2 + 4, q.lastReport().orElseThrow().stateRows());
            }
            said.add(one.out().toString());
            one.streams.close();
        }
        assertEquals(
                "[ann 2[12:00, 12:02]/a1/b1, bob 1[12:01]/a1, ann 3[12:00, 12:02, 12:03]/a2/b1, bob 0[],"
                        + " ann 3[12:00, 12:02, 12:03]/b1, ann 3[12:05, 1970-01-01T00:00]/b1, bob 1[12:06]/c1,"
                        + " ann 4[12:05, 1970-01-01T00:00, 12:07]/a1/b1, bob 2[12:06, 12:08]/c1/d1]",
                said.get(0).replace("1970-01-01T00:00:00Z", "1970-01-01T00:00"));
        assertEquals(said.get(0), said.get(1));
    }

    /** Two timers for each visit, five and twenty minutes after it; a visit of "/quiet" takes back the second. */
    static final class Reminders extends StatefulProcessor<String, Visit, Line> {
        @Override
        public void init(StateHandle state) {}

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {
            while (rows.hasNext()) {
                Visit visit = rows.next();
                if (visit.page().equals("/quiet")) {
                    timers.list().stream().skip(1).forEach(timers::delete);
                } else {
                    timers.register(visit.ts().plusSeconds(300));
                    timers.register(visit.ts().plusSeconds(300));
                    timers.register(visit.ts().plusSeconds(1200));
                }
            }
        }

        @Override
        public void handleExpiredTimer(String user, long timeMs, Timers timers, Emitter<Line> out) {
            out.emit(new Line(
                    user,
                    Instant.ofEpochMilli(timeMs).toString().substring(11, 16) + " of "
                            + timers.list().size()));
        }
    }

    @Test
    void event_time_timers_come_once_in_order_when_the_watermark_has_reached_them() throws Exception {
        Query q = start(TimeMode.EVENT_TIME, Reminders::new);
        world.add("bob", "/a", "12:01", "ann", "/a", "12:00", "eve", "/a", "12:00", "eve", "/quiet", "12:00");
        q.step();
        world.add("zoe", "/quiet", "12:14");
        q.step();
        assertEquals(List.of(), world.out(), "a watermark of 12:04");
        world.add("zoe", "/quiet", "12:15");
        q.step();
        assertEquals(List.of("ann 12:05 of 2", "eve 12:05 of 1"), world.out());
        q.stop();
        q = start(TimeMode.EVENT_TIME, Reminders::new);
        world.add("zoe", "/quiet", "12:40");
        q.step();
        assertEquals(
                List.of("ann 12:05 of 2", "eve 12:05 of 1", "bob 12:06 of 2", "ann 12:20 of 1", "bob 12:21 of 1"),
                world.out());
        assertEquals(0, q.lastReport().orElseThrow().stateRows());
    }

    @Test
    void late_rows_do_not_reach_a_processor_by_event_time() throws Exception {
        Query q = start(TimeMode.EVENT_TIME, Kept::new);
        world.add("ann", "/a", "12:30");
        q.step();
        world.add("ann", "/b", "12:20", "ann", "/c", "12:21");
        q.step();
        assertEquals(List.of("ann 1[12:30]/a1", "ann 2[12:30, 12:21]/a1/c1"), world.out());
        assertEquals(1, q.totals().lateInputRows());
    }

    /** Says when the batch time is five seconds past a visit. */
    static final class Alarm extends StatefulProcessor<String, Visit, Line> {
        @Override
        public void init(StateHandle state) {}

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {
            timers.registerAfter(Duration.ofSeconds(5));
        }

        @Override
        public void handleExpiredTimer(String user, long timeMs, Timers timers, Emitter<Line> out) {
            out.emit(new Line(user, "" + (timers.batchTimeMs() - timeMs)));
        }
    }

    @Test
    void processing_time_timers_come_with_the_batch_time_and_need_no_rows() throws Exception {
        Query q = start(TimeMode.PROCESSING_TIME, Alarm::new);
        world.add("ann", "/a", "12:00");
        q.step();
        q.stop();
        world.clock.advanceMs(5_001);
        q = table(TimeMode.PROCESSING_TIME, Alarm::new)
                .to(org.tailrace.Dsl.memory("rung"))
                .append()
                .start("other");
        world.add("bob", "/a", "12:00");
        q.processAllAvailable();
        world.clock.advanceMs(5_001);
        for (int i = 0; i < 1000 && q.rows().size() < 2; i++) {
            q.processAllAvailable();
            world.clock.advanceMs(1);
        }
        assertEquals(2, q.rows().size(), "the second came in a batch without rows");
    }

    /** Remembers each page for ten seconds. */
    static final class Fresh extends StatefulProcessor<String, Visit, Line> {
        private ValueState<String> last;
        private ListState<String> list;
        private MapState<String, Long> pages;

        @Override
        public void init(StateHandle state) {
            last = state.value("last", String.class, Duration.ofSeconds(10));
            list = state.list("list", String.class, Duration.ofSeconds(10));
            pages = state.map("pages", String.class, Long.class, Duration.ofSeconds(10));
        }

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {
            out.emit(new Line(user, last.orElse("none") + list.get() + pages.entries()));
            while (rows.hasNext()) {
                String page = rows.next().page();
                last.set(page);
                list.add(page);
                pages.put(page, 1L);
            }
        }
    }

    @Test
    void values_are_gone_when_their_time_to_live_is_over() throws Exception {
        Query q = start(TimeMode.PROCESSING_TIME, Fresh::new);
        world.add("ann", "/a", "12:00");
        q.step();
        world.clock.advanceMs(6_000);
        world.add("ann", "/b", "12:00");
        q.step();
        q.stop();
        q = start(TimeMode.PROCESSING_TIME, Fresh::new);
        world.clock.advanceMs(4_000);
        world.add("ann", "/c", "12:00", "bob", "/x", "12:00");
        q.step();
        assertEquals(List.of("ann none[]{}", "ann /a[/a]{/a=1}", "ann /b[/b]{/b=1}", "bob none[]{}"), world.out());
        assertEquals(1 + 1 + 2 + 3, q.lastReport().orElseThrow().stateRows(), "what expired has left the state");
        world.clock.advanceMs(60_000);
        world.add("eve", "/a", "12:00");
        q.step();
        assertEquals(3, q.lastReport().orElseThrow().stateRows());
    }

    record Start(String user, long n) {}

    static final class Begun extends StatefulProcessorWithInitialState<String, Visit, Line, Start> {
        private ValueState<Long> count;

        @Override
        public void init(StateHandle state) {
            count = state.value("count", Long.class);
        }

        @Override
        public void handleInitialState(String user, Start start, Timers timers) {
            count.set(count.orElse(0L) + start.n());
        }

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {
            for (; rows.hasNext(); rows.next()) {
                count.set(count.orElse(0L) + 1);
            }
            out.emit(new Line(user, "" + count.get().get()));
        }
    }

    @Test
    void an_initial_state_is_handed_to_the_processor_once() throws Exception {
        var from = world.streams
                .sql("select * from values ('ann', 10L), ('ann', 5L), ('eve', 20L) as t(user, n)")
                .as(Start.class)
                .keyBy(Start::user);
        StreamTable table = byUser().initialState(from).transformWithState(Line.class, Begun::new);
        for (int i = 0; i < 2; i++) {
            Query q = world.start(table, OutputMode.APPEND);
            world.add("ann", "/a", "12:00", "bob", "/a", "12:00");
            q.step();
            q.stop();
        }
        assertEquals(List.of("ann 16", "bob 1", "ann 17", "bob 2"), world.out());
        assertEquals(
                "TR-239",
                assertThrows(
                                PlanException.class,
                                () -> byUser().initialState(from).transformWithState(Line.class, Kept::new))
                        .code());
    }

    /** Fails after it has changed everything that can be changed. */
    static final class Unlucky extends StatefulProcessor<String, Visit, Line> {
        private ValueState<Long> count;
        private ListState<String> pages;

        @Override
        public void init(StateHandle state) {
            count = state.value("count", Long.class);
            pages = state.list("pages", String.class);
        }

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {
            while (rows.hasNext()) {
                Visit visit = rows.next();
                count.set(count.orElse(0L) + 1);
                pages.add(visit.page());
                timers.register(visit.ts());
                if (visit.page().equals("/bad")) {
                    out.emit(new Line(user, "never"));
                    pages.clear();
                    throw new IllegalStateException("unlucky");
                }
            }
            out.emit(new Line(
                    user, count.get().get() + "" + pages.get() + timers.list().size()));
        }
    }

    @Test
    void a_call_that_throws_leaves_nothing_behind() throws Exception {
        var q = table(TimeMode.EVENT_TIME, Unlucky::new)
                .to(org.tailrace.Dsl.memory("lucky"))
                .onError(org.tailrace.spi.Backend.OnError.SKIP)
                .step()
                .start("lucky");
        world.add("ann", "/a", "12:00", "ann", "/bad", "12:01", "ann", "/b", "12:02", "bob", "/bad", "12:02");
        q.step();
        assertEquals("[[ann, 2[/a, /b]2]]", q.rows().rows().toString());
        assertEquals(1 + 1, q.lastReport().orElseThrow().stateRows());
    }

    static final class Twice extends StatefulProcessor<String, Visit, Line> {
        @Override
        public void init(StateHandle state) {
            state.value("same", Long.class);
            state.list("same", Long.class);
        }

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {}
    }

    static final class NoTime extends StatefulProcessor<String, Visit, Line> {
        private ValueState<Long> count;

        @Override
        public void init(StateHandle state) {
            count = state.value("count", Long.class, Duration.ZERO.minusSeconds(1));
        }

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {}
    }

    static final class TooEarly extends StatefulProcessor<String, Visit, Line> {
        @Override
        public void init(StateHandle state) {
            state.value("count", Long.class).set(1L);
        }

        @Override
        public void handleInputRows(String user, Iterator<Visit> rows, Timers timers, Emitter<Line> out) {}
    }

    @Test
    void what_cannot_be_declared_is_refused_by_the_verb() {
        assertEquals("TR-236", refused(TimeMode.NONE, Twice::new));
        assertEquals("TR-237", refused(TimeMode.EVENT_TIME, Fresh::new));
        assertEquals("TR-238", refused(TimeMode.PROCESSING_TIME, NoTime::new));
        assertEquals(
                "TR-501",
                assertThrows(org.tailrace.error.UserCodeException.class, () -> table(TimeMode.NONE, TooEarly::new))
                        .code());
    }

    @Test
    void without_a_watermark_an_event_time_timer_never_comes() throws Exception {
        var untimed = world.visits
                .as(Visit.class)
                .keyBy(Visit::user)
                .timeMode(TimeMode.EVENT_TIME)
                .transformWithState(Line.class, Reminders::new);
        Query q = world.start(untimed, OutputMode.APPEND);
        world.add("ann", "/a", "12:00");
        q.step();
        world.add("ann", "/quiet", "23:00");
        q.step();
        assertEquals(List.of(), world.out());
    }

    @Test
    void a_timer_without_a_time_fails_in_words() throws Exception {
        Query q = start(TimeMode.NONE, Alarm::new);
        world.add("ann", "/a", "12:00");
        Exception failure = assertThrows(Exception.class, q::step);
        assertTrue(failure.getMessage().contains("timeMode(TimeMode.EVENT_TIME)"), failure.getMessage());
    }

    @Test
    void other_variables_cannot_take_up_a_checkpoint() throws Exception {
        Query q = start(TimeMode.NONE, Kept::new);
        world.add("ann", "/a", "12:00");
        q.step();
        q.stop();
        var refused = assertThrows(CheckpointException.class, () -> start(TimeMode.NONE, Unlucky::new));
        assertTrue(refused.getMessage().contains("list pages (value string)"), refused.getMessage());
        assertFalse(refused.getMessage().contains("source"), "only the node that differs is named");
    }
}
