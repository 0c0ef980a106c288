package org.tailrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.tailrace.env.Environment;
import org.tailrace.env.FileSystem;
import org.tailrace.env.Randomness;
import org.tailrace.env.Scheduler;

/** An environment whose time, disk and dice a test rules. */
public final class SimEnvironment {
    private SimEnvironment() {}

    /** Dice from {@code seed}; threads are real, except that background work runs at once on the thread that starts it. */
    public static Environment of(FileSystem files, ManualClock clock, long seed) {
        return new Environment(
                files, clock, new SimScheduler(name -> name.startsWith("tailrace-snapshot")), dice(seed));
    }

    /** Dice that fall the same way for the same seed. */
    public static Randomness dice(long seed) {
        var random = new Random(seed);
        return new Randomness() {
            @Override
            public synchronized UUID uuid() {
                return new UUID(random.nextLong(), random.nextLong());
            }

            @Override
            public synchronized long seed() {
                return random.nextLong();
            }
        };
    }

    /** One piece after the other; named background work at once. */
    private record SimScheduler(Predicate<String> inline) implements Scheduler {
        @Override
        public Thread start(String name, Runnable body) {
            var thread = new Thread(body, name);
            thread.setDaemon(true);
            if (inline.test(name)) {
                body.run();
            } else {
                thread.start();
            }
            return thread;
        }

        @Override
        public <T> List<T> runAll(List<? extends Callable<T>> pieces) throws Exception {
            var results = new ArrayList<T>();
            for (Callable<T> piece : pieces) {
                results.add(piece.call());
            }
            return results;
        }

        @Override
        public int parallelism() {
            return 1;
        }
    }
}
