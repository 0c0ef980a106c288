package org.tailrace.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tailrace.testkit.ChildJvm;
import org.tailrace.testkit.KillLoop;
import org.tailrace.testkit.Ledger;

/** Kills {@link KilledQuery} between two topics, and restarts the broker now and then under it. */
final class KafkaKillLoop extends KillLoop {
    private static final int RECORDS = 200;
    private static final int KEYS = 7;
    private static final int PARTS = 2;
    private static final int KILLS_A_BROKER = 18;

    private final String in;
    private final String out;
    private final List<String> given = new ArrayList<>();
    private int works;
    private int brokerRestarts;

    /** @param program {@code good} or {@code bad} */
    static KafkaKillLoop of(Path folder, String program, long seed) throws Exception {
        return new KafkaKillLoop(
                folder, program, seed, Topics.make("killed-in", PARTS), Topics.make("killed-out", PARTS));
    }

    private KafkaKillLoop(Path folder, String program, long seed, String in, String out) throws Exception {
        super(
                new ChildJvm(folder, KilledQuery.class),
                List.of(Topics.servers(), in, out, folder.resolve("checkpoint").toString(), program),
                seed);
        this.in = in;
        this.out = out;
        give();
        finish();
    }

    @Override
    protected void give() throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            String key = "k" + random.nextInt(KEYS);
            String entry = key + "," + given.size();
            given.add(entry);
            Topics.producer().send(Topics.record(in, Numbering.partition(key, PARTS), key, entry));
        }
        Topics.producer().flush();
    }

    @Override
    protected void work(Process process) throws Exception {
        if (++works % KILLS_A_BROKER == 0) {
            Topics.broker().stop();
            Topics.broker().restart();
            brokerRestarts++;
        }
        long enough = Topics.end(out, PARTS) + random.nextInt(60);
        long seen = 0;
        // What is there may all have gone through: then there is nothing to wait for.
        for (int i = 0; seen < enough && i < 100 && process.isAlive(); i++) {
            process.waitFor(3, TimeUnit.MILLISECONDS);
            seen = Topics.end(out, PARTS);
        }
        process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
    }

    int brokerRestarts() {
        return brokerRestarts;
    }

    Ledger ledger() throws Exception {
        return ledger(given, Topics.values(out));
    }
}
