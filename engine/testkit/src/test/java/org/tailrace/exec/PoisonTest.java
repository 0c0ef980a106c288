package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.error.TailraceException;
import org.tailrace.exec.Streams.Event;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.spi.RunningQuery;
import org.tailrace.testkit.SimFileSystem;

/** Row F12 of the fault matrix: a function of the user that throws is given one more try, with the state rolled back. */
@Timeout(60)
class PoisonTest {
    private static final String COUNTS =
            "SELECT window.start AS s, k, count(*) AS n FROM e GROUP BY window(ts, '10 seconds'), k";

    private final Streams streams = new Streams(COUNTS, new Streams.Setup(2048, 1, false, true));
    private final List<String> sent = new ArrayList<>();
    private int calls;

    private RunningQuery start(int failing) {
        return streams.start(new SimFileSystem(1), (rows, id) -> {
            if (rows.size() > 0 && calls++ < failing) {
                throw new IllegalStateException("poison");
            }
            rows.rows().forEach(row -> sent.add(Streams.text(row)));
        });
    }

    private void rows(int second) {
        streams.add(List.of(new Event(true, "a", 1, second * 1000L), new Event(false, "a", 1, second * 1000L)));
    }

    @Test
    void F12_what_threw_once_is_run_again_and_counts_each_row_once() throws Exception {
        RunningQuery q = start(1);
        rows(1);
        q.step(1);
        rows(100);
        q.step(1);
        assertEquals(2, calls);
        assertEquals(List.of("[1970-01-01T00:00:00Z, a, 1]"), sent);
        assertEquals(State.RUNNING, q.status().state());
        q.stop();
    }

    @Test
    void F12_what_throws_twice_fails_the_query_and_leaves_the_state_as_it_was() throws Exception {
        RunningQuery q = start(2);
        rows(1);
        q.step(1);
        rows(100);
        var failure = assertThrows(TailraceException.class, () -> q.step(1));
        assertEquals("TR-501", failure.code());
        assertTrue(failure.getMessage().contains("poison"), failure.getMessage());
        assertEquals(2, calls);
        assertEquals(State.FAILED, q.status().state());
        assertEquals(List.of(), sent);
        q.stop();
    }
}
