package org.tailrace.exec;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tailrace.testkit.SimFileSystem.Loss;

/** A query that is started three times on a machine whose clock jumps by years, either way, before each batch. */
final class JumpingClock {
    private static final long YEAR_MS = 365L * 24 * 3600 * 1000;

    private final Random random;
    private final long seed;

    JumpingClock(long seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    /** Empty if batch times never went back and each row came once. */
    String verdict() throws Exception {
        var world = new Fixture();
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        for (int start = 0; start < 3; start++) {
            LocalQuery q = world.start();
            for (int batch = 0; batch < 3; batch++) {
                world.clock.jumpTo(1_000_000 + (long) (random.nextGaussian() * YEAR_MS));
                world.add("a", batch);
                q.step(1);
            }
            q.stop();
            world.files = world.files.restarted(Loss.LOST, seed);
        }
        List<Instant> times = world.result.rows().rows().stream()
                .map(row -> (Instant) row.get("time"))
                .toList();
        long rows = world.output().stream().filter(row -> row.startsWith("a#")).count();
        return times.stream().sorted().toList().equals(times) && rows == 9 ? "" : rows + " rows at " + times;
    }
}
