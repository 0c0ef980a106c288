package org.tailrace.keyed;

import static org.tailrace.Dsl.forEach;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tailrace.MemoryStream;
import org.tailrace.Query;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.plan.OutputMode;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;

/** Visits of users, a session over a simulated disk, and a query that is stepped by hand. */
final class Visits {
    record Visit(String user, String page, Instant ts) {}

    record Line(String user, String text) {}

    final ManualClock clock = new ManualClock(1_000_000);
    private final SimFileSystem files = new SimFileSystem(1);
    final Tailrace streams =
            Tailrace.builder().environment(SimEnvironment.of(files, clock, 7)).build();
    final MemoryStream<Visit> visits = streams.memory("visits", Visit.class);

    private final List<String> written = new CopyOnWriteArrayList<>();

    Query start(StreamTable table, OutputMode mode) {
        var writer = table.to(forEach(row -> written.add(row.get(0) + " " + row.get(1))))
                .checkpoint("/cp")
                .step();
        return (mode == OutputMode.UPDATE ? writer.update() : writer.append()).start("q");
    }

    /** {@code "ann", "/home", "12:01"} and so on, in one block. */
    void add(String... values) {
        var block = new Visit[values.length / 3];
        for (int i = 0; i < block.length; i++) {
            block[i] = new Visit(
                    values[3 * i], values[3 * i + 1], Instant.parse("2024-05-01T" + values[3 * i + 2] + ":00Z"));
        }
        visits.add(block);
    }

    /** What the sink was given since the start. */
    List<String> out() {
        return List.copyOf(written);
    }
}
