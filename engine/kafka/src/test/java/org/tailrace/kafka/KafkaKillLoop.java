package org.tailrace.kafka;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@link KilledQuery} with SIGKILL again and again while records keep coming, one kill in five before it runs, and
 * restarts the broker now and then under it. Then compares what a reader of committed records finds with what was given:
 * each record once, with the number that it has among those of its key.
 */
final class KafkaKillLoop {
    private static final int RECORDS = 200;
    private static final int KEYS = 7;
    private static final int PARTS = 2;
    private static final int KILLS_A_BROKER = 20;

    private final Path folder;
    private final ChildJvm child;
    private final String program;
    private final Random random;
    private final String in;
    private final String out;
    private final List<String> given = new ArrayList<>();
    private long readyMs = 500;
    private int kills;
    private int killsBeforeReady;
    private int brokerRestarts;

    /** @param program {@code good} or {@code bad} */
    KafkaKillLoop(Path folder, String program, long seed) throws Exception {
        this.folder = folder;
        this.program = program;
        random = new Random(seed);
        in = Topics.make("killed-in", PARTS);
        out = Topics.make("killed-out", PARTS);
        child = new ChildJvm(folder);
        give();
        finish();
    }

    /** Kills a good program so many times and lets it finish then. */
    static Ledger kill(Path folder, int times, long seed) throws Exception {
        var loop = new KafkaKillLoop(folder, "good", seed);
        for (int i = 1; i <= times; i++) {
            loop.kill(i % KILLS_A_BROKER == 0);
        }
        loop.finish();
        return loop.ledger();
    }

    private Process start(String until) throws Exception {
        return child.start(
                Topics.servers(), in, out, folder.resolve("checkpoint").toString(), until, program);
    }

    /** Runs the program until all that it was given has gone through. */
    void finish() throws Exception {
        Process process = start("finish");
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the program ended with " + process.exitValue());
        }
    }

    /** Starts the program, gives it records, and kills it. */
    void kill(boolean broker) throws Exception {
        give();
        long start = System.nanoTime();
        Process process = start("run");
        try (BufferedReader output = process.inputReader()) {
            if (!broker && random.nextInt(5) == 0) {
                process.waitFor(random.nextInt((int) readyMs + 1), TimeUnit.MILLISECONDS);
                killsBeforeReady++;
            } else {
                if (!"READY".equals(output.readLine())) {
                    throw new IllegalStateException("the program ended with " + process.waitFor());
                }
                readyMs = (System.nanoTime() - start) / 1_000_000;
                if (broker) {
                    Topics.broker().stop();
                    Topics.broker().restart();
                    brokerRestarts++;
                }
                process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the program ended with " + process.exitValue());
            }
            process.destroyForcibly().waitFor();
            kills++;
        }
    }

    private void give() throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            String key = "k" + random.nextInt(KEYS);
            String entry = key + "," + given.size();
            given.add(entry);
            Topics.producer().send(Topics.record(in, Numbering.partition(key, PARTS), key, entry));
        }
        Topics.producer().flush();
    }

    /** Rows that were given and are not there, and rows that are there and should not be. */
    record Ledger(
            int given, int kills, int killsBeforeReady, int brokerRestarts, List<String> lost, List<String> doubled) {}

    Ledger ledger() throws Exception {
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, Integer> missing = new TreeMap<>();
        for (String entry : given) {
            int n = numbers.merge(entry.substring(0, entry.indexOf(',')), 1, Integer::sum);
            missing.put(entry + "," + n, 1);
        }
        var doubled = new ArrayList<String>();
        for (String row : Topics.values(out)) {
            if (missing.remove(row) == null) {
                doubled.add(row);
            }
        }
        return new Ledger(
                given.size(), kills, killsBeforeReady, brokerRestarts, List.copyOf(missing.keySet()), doubled);
    }
}
