package org.tailrace.keyed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.KeyedStream;
import org.tailrace.StreamTable;
import org.tailrace.error.PlanException;
import org.tailrace.function.GroupState;
import org.tailrace.function.TimeMode;
import org.tailrace.keyed.Visits.Line;
import org.tailrace.keyed.Visits.Visit;
import org.tailrace.plan.OutputMode;
import org.tailrace.report.QueryStatus.State;

@Timeout(60)
class GroupsTest {
    private final Visits world = new Visits();

    record Count(long n, Instant last) {}

    @AfterEach
    void stop() throws Exception {
        world.streams.close();
    }

    private KeyedStream<String, Visit> byUser() {
        return world.visits.withWatermark("ts", "10 minutes").as(Visit.class).keyBy(Visit::user);
    }

    private StreamTable counts() {
        return byUser().mapGroupsWithState(Long.class, Line.class, (user, rows, state) -> {
            long n = state.orElse(0L);
            for (; rows.hasNext(); rows.next()) {
                n++;
            }
            state.set(n);
            return new Line(user, "" + n);
        });
    }

    @Test
    void one_row_for_each_key_with_rows_and_the_state_goes_on_after_a_restart() throws Exception {
        for (int i = 0; i < 3; i++) {
            var q = world.start(counts(), OutputMode.UPDATE);
            world.add("ann", "/a", "12:01", "bob", "/a", "12:02", "ann", "/b", "12:03");
            q.step();
            q.stop();
        }
        assertEquals(List.of("ann 2", "bob 1", "ann 4", "bob 2", "ann 6", "bob 3"), world.out());
    }

    @Test
    void map_groups_is_for_update_mode() {
        assertEquals(
                "TR-229",
                assertThrows(PlanException.class, () -> world.start(counts(), OutputMode.APPEND))
                        .code());
    }

    private StreamTable ended(TimeMode time) {
        return byUser().timeMode(time)
                .flatMapGroupsWithState(OutputMode.APPEND, Count.class, Line.class, (user, rows, state, out) -> {
                    if (state.timedOut()) {
                        out.emit(
                                new Line(user, "left after " + state.get().get().n()));
                        state.remove();
                        return;
                    }
                    long n = state.get().map(Count::n).orElse(0L);
                    Instant last = Instant.EPOCH;
                    while (rows.hasNext()) {
                        n++;
                        last = rows.next().ts();
                    }
                    state.set(new Count(n, last));
                    wake(state, time, last);
                });
    }

    private static void wake(GroupState<Count> state, TimeMode time, Instant last) {
        if (time == TimeMode.EVENT_TIME) {
            state.timeoutAt(last.plusSeconds(300));
        } else {
            state.timeoutAfter(Duration.ofSeconds(5));
        }
    }

    @Test
    void event_time_timeouts_come_when_the_watermark_is_past_them_even_after_a_restart() throws Exception {
        var q = world.start(ended(TimeMode.EVENT_TIME), OutputMode.APPEND);
        world.add("ann", "/a", "12:00", "bob", "/a", "12:02");
        q.step();
        world.add("bob", "/b", "12:15");
        q.step();
        assertEquals(List.of(), world.out(), "the watermark is 12:05, and not past it");
        q.stop();
        q = world.start(ended(TimeMode.EVENT_TIME), OutputMode.APPEND);
        world.add("bob", "/c", "12:16", "ann", "/late", "12:05");
        q.step();
        assertEquals(List.of("ann left after 1"), world.out());
        assertEquals(1, q.totals().lateInputRows(), "ann's late row is dropped");
        q.stop();
    }

    @Test
    void processing_time_timeouts_come_with_the_batch_time() throws Exception {
        var q = world.start(ended(TimeMode.PROCESSING_TIME), OutputMode.APPEND);
        world.add("ann", "/a", "12:00");
        q.step();
        world.clock.advanceMs(5_000);
        world.add("bob", "/a", "12:00");
        q.step();
        assertEquals(List.of(), world.out(), "five seconds are over in the batch after");
        world.clock.advanceMs(1);
        world.add("bob", "/a", "12:00");
        q.step();
        assertEquals(List.of("ann left after 1"), world.out());
    }

    record Start(String user, long value) {}

    @Test
    void an_initial_state_is_there_before_the_first_row_and_its_keys_are_called() throws Exception {
        var table = world.streams.sql("select * from values ('ann', 10L), ('eve', 20L) as t(user, value)");
        var from = table.as(Start.class).keyBy(Start::user);
        StreamTable sums = byUser().initialState(from)
                .flatMapGroupsWithState(OutputMode.UPDATE, Long.class, Line.class, (user, rows, state, out) -> {
                    long n = state.orElse(0L);
                    for (; rows.hasNext(); rows.next()) {
                        n++;
                    }
                    state.set(n);
                    out.emit(new Line(user, "" + n));
                });
        for (int i = 0; i < 2; i++) {
            var q = world.start(sums, OutputMode.UPDATE);
            world.add("ann", "/a", "12:01", "bob", "/a", "12:02");
            q.step();
            q.stop();
        }
        assertEquals(List.of("ann 11", "eve 20", "bob 1", "ann 12", "bob 2"), world.out());
    }

    @Test
    void two_initial_states_of_a_key_fail_the_first_batch() throws Exception {
        var from = world.streams
                .sql("select * from values ('ann', 10L), ('ann', 20L) as t(user, value)")
                .as(Start.class)
                .keyBy(Start::user);
        var q = world.start(
                byUser().initialState(from)
                        .mapGroupsWithState(Long.class, Line.class, (user, rows, state) -> new Line(user, "")),
                OutputMode.UPDATE);
        world.add("ann", "/a", "12:01");
        assertTrue(assertThrows(Exception.class, q::step).getMessage().contains("TR-310"));
        assertEquals(State.FAILED, q.status().state());
    }

    @Test
    void a_stream_is_no_initial_state() {
        assertEquals(
                "TR-239",
                assertThrows(PlanException.class, () -> byUser().initialState(byUser()))
                        .code());
    }

    @Test
    void event_time_needs_a_watermark() {
        var table = world.visits
                .as(Visit.class)
                .keyBy(Visit::user)
                .timeMode(TimeMode.EVENT_TIME)
                .mapGroupsWithState(Long.class, Line.class, (user, rows, state) -> new Line(user, ""));
        assertEquals(
                "TR-220",
                assertThrows(PlanException.class, () -> world.start(table, OutputMode.UPDATE))
                        .code());
    }

    @Test
    void complete_mode_has_no_groups() {
        assertEquals(
                "TR-229",
                assertThrows(
                                PlanException.class,
                                () -> byUser().flatMapGroupsWithState(
                                                OutputMode.COMPLETE,
                                                Long.class,
                                                Line.class,
                                                (user, rows, state, out) -> {}))
                        .code());
    }

    private StreamTable lines(StreamTable from, OutputMode mode) {
        return from.as(Visit.class)
                .keyBy(Visit::user)
                .flatMapGroupsWithState(
                        mode, Long.class, Visit.class, (user, rows, state, out) -> rows.forEachRemaining(out::emit));
    }

    private String refused(StreamTable table, OutputMode mode) {
        try {
            world.start(table, mode).stop();
            return "ok";
        } catch (PlanException e) {
            return e.code();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private StreamTable mapped(StreamTable from) {
        return from.as(Visit.class)
                .keyBy(Visit::user)
                .mapGroupsWithState(Long.class, Line.class, (user, rows, state) -> new Line(user, ""));
    }

    @Test
    void several_functions_of_groups_must_all_append() {
        assertEquals(
                "ok", refused(lines(lines(world.visits, OutputMode.APPEND), OutputMode.APPEND), OutputMode.APPEND));
        assertEquals(
                "TR-235", refused(lines(lines(world.visits, OutputMode.UPDATE), OutputMode.UPDATE), OutputMode.UPDATE));
        assertEquals(
                "TR-235", refused(lines(lines(world.visits, OutputMode.UPDATE), OutputMode.APPEND), OutputMode.APPEND));
        assertEquals("TR-235", refused(mapped(lines(world.visits, OutputMode.UPDATE)), OutputMode.UPDATE));
    }

    @Test
    void a_bounded_table_has_no_watermark_to_drop_duplicates_within() {
        var table = world.streams.sql("select * from values ('ann', 10L) as t(user, n)");
        assertEquals(
                "TR-219",
                assertThrows(PlanException.class, () -> table.dropDuplicatesWithinWatermark("user"))
                        .code());
    }
}
