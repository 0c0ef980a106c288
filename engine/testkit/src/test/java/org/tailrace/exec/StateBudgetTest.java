package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.error.StateException;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.spi.StateBudget;

/** Row F14 of the fault matrix: state that grows without end. */
@Timeout(60)
class StateBudgetTest {
    private final Fixture world = new Fixture();

    private void keys(int from, int to) {
        var rows = new ArrayList<Object>();
        for (int key = from; key < to; key++) {
            rows.add("k" + key);
            rows.add(-1);
        }
        world.add(rows.toArray());
    }

    private String words(LocalQuery q) {
        return q.batch(q.status().batchId()).orElseThrow().explanations().toString();
    }

    @Test
    void F14_a_query_warns_at_half_and_four_fifths_of_its_budget_and_stops_before_it_is_exceeded() throws Exception {
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        world.budget = new StateBudget(100, Long.MAX_VALUE);
        var q = world.start();
        keys(0, 50);
        q.step(1);
        assertEquals("[]", words(q));
        keys(50, 60);
        q.step(1);
        assertTrue(words(q).contains("more than half full: 60 of at most 100 rows"), words(q));
        keys(60, 90);
        q.step(1);
        assertTrue(words(q).contains("nearly full: 90 of at most 100 rows"), words(q));
        keys(0, 101);
        var stop = assertThrows(StateException.class, () -> q.step(1));
        assertEquals("TR-711", stop.code());
        assertTrue(stop.getMessage().contains("count: 101 rows"), stop.getMessage());
        assertTrue(stop.getMessage().contains("batch #3 would leave 101 rows"), stop.getMessage());
        assertEquals(State.FAILED, q.status().state());
        assertEquals(90, world.output().size());
        q.stop();

        world.budget = new StateBudget(1000, Long.MAX_VALUE);
        var again = world.start();
        assertEquals(3, again.info().resumedAt());
        again.step(1);
        assertEquals(90 + 101, world.output().size());
        assertTrue(world.output().contains("k89#2") && world.output().contains("k100#1"));
        again.stop();
    }

    @Test
    void F14_a_batch_larger_than_the_budget_is_stopped_while_its_rows_come_in() throws Exception {
        world.budget = new StateBudget(Long.MAX_VALUE, 10_000);
        var q = world.start();
        for (int block = 0; block < 100; block++) {
            keys(block * 2000, block * 2000 + 2000);
        }
        var stop = assertThrows(StateException.class, () -> q.step(1));
        long reached = Long.parseLong(stop.getMessage()
                .replaceAll("(?s).*count: ([\\d,]+) rows.*", "$1")
                .replace(",", ""));
        assertTrue(reached < 70_000, "stopped only at " + reached + " of 200,000 rows");
        assertEquals(List.of(), world.output());
        q.stop();
    }
}
