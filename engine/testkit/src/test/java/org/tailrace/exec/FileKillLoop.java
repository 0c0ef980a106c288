package org.tailrace.exec;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@link KilledQuery} with SIGKILL again and again while files keep coming, one kill in five before it runs, and then
 * compares what it has written with what it was given: each row once, with the number that it has among those of its key.
 */
final class FileKillLoop {
    private static final int FILES = 40;
    private static final int ROWS = 5;
    private static final int KEYS = 7;

    private final Path folder;
    private final ChildJvm child;
    private final String program;
    private final Random random;
    private final List<String> given = new ArrayList<>();
    private long readyMs = 500;
    private int files;
    private int kills;
    private int killsBeforeReady;

    /** @param program {@code good} or {@code bad} */
    FileKillLoop(Path folder, String program, long seed) throws Exception {
        this.folder = folder;
        this.program = program;
        random = new Random(seed);
        for (String name : List.of("in", "out", "written")) {
            Files.createDirectories(folder.resolve(name));
        }
        child = new ChildJvm(folder, KilledQuery.class);
        give(2);
        finish();
    }

    /** Kills a good program so many times and lets it finish then. */
    static Ledger kill(Path folder, int times, long seed) throws Exception {
        var loop = new FileKillLoop(folder, "good", seed);
        for (int i = 0; i < times; i++) {
            loop.kill();
        }
        loop.finish();
        return loop.ledger();
    }

    /** Runs the program until all that it was given has gone through. */
    void finish() throws Exception {
        Process process = child.start(folder.toString(), "finish", program);
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the program ended with " + process.exitValue());
        }
    }

    /** Starts the program, gives it files, and kills it. */
    void kill() throws Exception {
        give(FILES);
        long start = System.nanoTime();
        Process process = child.start(folder.toString(), "run", program);
        try (BufferedReader output = process.inputReader()) {
            if (random.nextInt(5) == 0) {
                process.waitFor(random.nextInt((int) readyMs + 1), TimeUnit.MILLISECONDS);
                killsBeforeReady++;
            } else {
                if (!"READY".equals(output.readLine())) {
                    throw new IllegalStateException("the program ended with " + process.waitFor());
                }
                readyMs = (System.nanoTime() - start) / 1_000_000;
                // By what it has done and not by time alone, so that a slow machine kills it at work too.
                int enough = written() + random.nextInt(8);
                while (written() < enough && process.isAlive()) {
                    process.waitFor(1, TimeUnit.MILLISECONDS);
                }
                process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the program ended with " + process.exitValue());
            }
            process.destroyForcibly().waitFor();
            kills++;
        }
    }

    private int written() {
        String[] names = folder.resolve("out").toFile().list((out, name) -> name.startsWith("part-"));
        return names == null ? 0 : names.length;
    }

    /** Files appear whole, by a rename, in the order of their names. */
    private void give(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder();
            for (int row = 0; row < ROWS; row++) {
                String entry = "k" + random.nextInt(KEYS) + "," + given.size();
                given.add(entry);
                text.append(entry).append('\n');
            }
            String name = String.format(java.util.Locale.ROOT, "file-%06d.csv", files++);
            Path written = folder.resolve("written").resolve(name);
            Files.writeString(written, text);
            Files.move(written, folder.resolve("in").resolve(name));
        }
    }

    /** Rows that were given and are not there, and rows that are there and should not be. */
    record Ledger(int given, int kills, int killsBeforeReady, List<String> lost, List<String> doubled) {}

    Ledger ledger() throws IOException {
        Map<String, Integer> numbers = new TreeMap<>();
        Map<String, Integer> missing = new TreeMap<>();
        for (String entry : given) {
            int n = numbers.merge(entry.substring(0, entry.indexOf(',')), 1, Integer::sum);
            missing.put(entry + "," + n, 1);
        }
        var doubled = new ArrayList<String>();
        try (var out = Files.list(folder.resolve("out"))) {
            for (Path file : (Iterable<Path>) out::iterator) {
                if (file.getFileName().toString().startsWith("part-")) {
                    List<String> rows = Files.readAllLines(file, StandardCharsets.UTF_8);
                    for (String row : rows.subList(1, rows.size())) {
                        if (missing.remove(row) == null) {
                            doubled.add(row);
                        }
                    }
                }
            }
        }
        return new Ledger(given.size(), kills, killsBeforeReady, List.copyOf(missing.keySet()), doubled);
    }
}
