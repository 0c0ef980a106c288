package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailrace.bench.contest.Measured;

/**
 * What a run has found so far, in two files that the next run with the same settings goes on with: {@code results.csv} has
 * what was measured, {@code answers.csv} whose answers are right. A line is written as soon as it is known.
 */
final class Ledger {
    /** An answer that is the loop's. */
    static final String RIGHT = "right";
    /** How the verdict on a system that gave no answer begins; the next run asks it again. */
    static final String FAILED = "failed";
    /** A system that has no way to say the query. */
    static final String NONE = "none";

    private static final String ANSWERS = "system,query,answer";

    private final Path results;
    private final Path answers;
    private final Map<String, String> verdicts = new LinkedHashMap<>();
    private final List<Measured> measured = new ArrayList<>();

    /** @param fresh forgets what is there */
    Ledger(Path folder, boolean fresh) throws IOException {
        Files.createDirectories(folder);
        results = folder.resolve("results.csv");
        answers = folder.resolve("answers.csv");
        if (fresh) {
            Files.deleteIfExists(results);
            Files.deleteIfExists(answers);
        }
        for (String line : lines(results, Measured.HEADER)) {
            measured.add(Measured.parse(line));
        }
        for (String line : lines(answers, ANSWERS)) {
            String[] parts = line.split(",", 3);
            verdicts.put(parts[0] + "," + parts[1], parts[2]);
        }
    }

    private static List<String> lines(Path file, String header) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, header + "\n");
        }
        List<String> lines = Files.readAllLines(file);
        return lines.subList(1, lines.size());
    }

    /** {@link #RIGHT}, {@link #NONE}, or what is wrong; empty if it was not asked yet. */
    Optional<String> verdict(String system, String query) {
        return Optional.ofNullable(verdicts.get(system + "," + query));
    }

    void judge(String system, String query, String verdict) throws IOException {
        String line = verdict.lines().findFirst().orElse("no reason");
        verdicts.put(system + "," + query, line);
        if (line.startsWith(FAILED)) {
            return;
        }
        append(answers, system + "," + query + "," + line);
    }

    Optional<Measured> measured(String system, String query) {
        return Measured.find(measured, system, query);
    }

    List<Measured> all() {
        return List.copyOf(measured);
    }

    void add(Measured one) throws IOException {
        measured.add(one);
        append(results, one.csv());
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }
}
