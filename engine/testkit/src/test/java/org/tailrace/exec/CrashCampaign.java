package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.tailrace.env.FileSystem;
import org.tailrace.error.TailraceException;
import org.tailrace.testkit.Crash;
import org.tailrace.testkit.SimFileSystem.Loss;

/**
 * Runs a stateful query on a disk that crashes, restarts it until it gets through, and compares what its sink holds with
 * the ledger: every row of the input exactly once, each with the count that it has in the order of the input.
 */
final class CrashCampaign {
    private static final int BLOCKS = 5;

    private final Function<FileSystem, FileSystem> bug;
    private final List<BatchStep> order;

    /** @param bug what a faulty program makes of a good disk */
    CrashCampaign(Function<FileSystem, FileSystem> bug, List<BatchStep> order) {
        this.bug = bug;
        this.order = order;
    }

    CrashCampaign() {
        this(disk -> disk, BatchStep.ORDER);
    }

    /** Operations of a run without a crash. */
    long operations() throws InterruptedException {
        var world = new Fixture();
        String wrong = run(world, List.of(), Loss.KILL, 0);
        if (!wrong.isEmpty()) {
            throw new AssertionError("without any crash: " + wrong);
        }
        return world.files.operations();
    }

    /**
     * @param crashes for each start of the query, the operation of that start at which the machine stops
     * @return what is wrong in the end; empty if nothing is
     */
    String run(List<Long> crashes, Loss loss, long seed) throws InterruptedException {
        return run(new Fixture(), crashes, loss, seed);
    }

    private String run(Fixture world, List<Long> crashes, Loss loss, long seed) throws InterruptedException {
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        world.order = order;
        world.compactBytes = 300;
        world.bug = bug;
        var sink = new FailingSink();
        sink.around = () -> world.files.crashPoint();
        sink.remembers = seed % 2 == 0;
        world.sink = sink.spec();
        for (int start = 0; start <= crashes.size(); start++) {
            if (start < crashes.size()) {
                world.files.crashAt(world.files.operations() + crashes.get(start));
            }
            String wrong = untilCrash(world);
            if (!wrong.isEmpty()) {
                return wrong;
            }
            if (!world.files.crashed()) {
                break;
            }
            world.files = world.files.restarted(loss, seed + start);
            world.clock.advanceMs(1_000);
        }
        return compare(Fixture.output(sink.result));
    }

    private static String untilCrash(Fixture world) throws InterruptedException {
        LocalQuery q;
        try {
            q = world.start();
        } catch (Crash e) {
            return "";
        } catch (TailraceException e) {
            return world.files.crashed() ? "" : e.getMessage();
        }
        try {
            q.processAllAvailable();
            while (world.table.blocks() < BLOCKS) {
                long i = world.table.blocks();
                world.add("a", (int) i, "b" + i % 2, (int) i);
                q.processAllAvailable();
            }
            return "";
        } catch (TailraceException e) {
            return world.files.crashed() ? "" : e.getMessage();
        } finally {
            q.stop();
        }
    }

    private static String compare(List<String> output) {
        List<String> rows =
                output.stream().filter(row -> !row.startsWith("closed")).toList();
        Map<String, Integer> counts = new TreeMap<>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < BLOCKS; i++) {
            for (String key : List.of("a", "b" + i % 2)) {
                expected.add(key + "#" + counts.merge(key, 1, Integer::sum));
            }
        }
        return rows.equals(expected) ? "" : "the sink holds " + rows + " and not " + expected;
    }
}
