package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tailrace.plan.Trigger;

/** A query that is stopped at any moment, again and again, while rows come. */
final class RandomStops {
    private static final String THREAD = "tailrace-q";

    private final Fixture world = new Fixture();
    private final Random random;
    private int given;

    RandomStops(long seed) {
        random = new Random(seed);
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        world.trigger = new Trigger.Default();
    }

    /** Empty if no stop left a thread or an open file behind, and each row came once. */
    String verdict(int stops) throws Exception {
        for (int round = 0; round < stops; round++) {
            LocalQuery q = world.start();
            for (int i = random.nextInt(4); i >= 0; i--) {
                world.add("a", -1);
                given++;
            }
            for (int i = random.nextInt(20_000); i > 0; i--) {
                Thread.onSpinWait();
            }
            q.stop();
            if (world.files.openFiles() > 0) {
                return world.files.openFiles() + " files are open after stop " + round;
            }
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals(THREAD) && !ended(thread)) {
                    return "a thread lives on after stop " + round;
                }
            }
        }
        LocalQuery last = world.start();
        last.processAllAvailable();
        last.stop();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= given; i++) {
            expected.add("a#" + i);
        }
        return world.output().equals(expected) ? "" : "of " + given + " rows there are " + world.output();
    }

    /** A thread whose query has ended may still be on its way out. */
    private static boolean ended(Thread thread) throws InterruptedException {
        thread.join(5_000);
        return !thread.isAlive();
    }
}
