package org.tailrace.testkit.golden;

import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.testkit.Crash;
import org.tailrace.testkit.ManualClock;
import org.tailrace.testkit.SimEnvironment;
import org.tailrace.testkit.SimFileSystem;
import org.tailrace.testkit.SimFileSystem.Loss;

/** What a query runs in: this machine, or one whose power can fail. */
final class World {
    private final ManualClock clock = new ManualClock(1_700_000_000_000L);
    private SimFileSystem disk = new SimFileSystem(1);
    private Environment environment;

    private World(Environment environment) {
        this.environment = environment;
    }

    static World real() {
        return new World(SystemEnvironment.create());
    }

    static World simulated() {
        var world = new World(SystemEnvironment.create());
        world.environment = SimEnvironment.of(world.disk, world.clock, 1);
        return world;
    }

    Environment environment() {
        return environment;
    }

    @FunctionalInterface
    interface Ending {
        void run() throws InterruptedException;
    }

    /**
     * The machine dies: all memory is gone, and of the disk what {@code loss} says. The threads of the query are ended afterwards, when
     * nothing that they still do can reach a disk.
     */
    void kill(Loss loss, Ending threads) throws InterruptedException {
        disk.crash();
        try {
            threads.run();
        } catch (Crash e) {
            // It met the crashed disk, as it should.
        }
        disk = disk.restarted(loss, 1);
        environment = SimEnvironment.of(disk, clock, 2);
    }
}
