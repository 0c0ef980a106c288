package org.tailrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares the answers, then measures each query on each system in a JVM of its own, all with the same heap; prints CSV
 * as it goes and a table with ratios at the end. A query whose answers differ is not measured, and makes this fail.
 */
final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        String asked = System.getProperty("queries", "all");
        List<Question> questions = Arrays.stream(Question.values())
                .filter(q -> asked.equals("all")
                        || List.of(asked.toUpperCase(Locale.ROOT).split(",")).contains(q.name()))
                .toList();
        List<String> systems =
                List.of(System.getProperty("systems", "tailrace,hand").split(","));
        var measured = new ArrayList<Measured>();
        boolean same = true;
        System.out.println(Measured.HEADER);
        for (Question question : questions) {
            String differs = Comparison.differences(question);
            if (!differs.isEmpty()) {
                System.err.println(question + ": answers differ, not measured: " + differs);
                same = false;
                continue;
            }
            for (String system : systems) {
                Measured one = measure(system, question.name().toLowerCase(Locale.ROOT));
                System.out.println(one.csv());
                measured.add(one);
            }
        }
        System.out.println();
        System.out.print(Ratios.table(measured));
        if (!same) {
            System.exit(1);
        }
        // Threads of the queries that were compared are daemons, but need not end before this.
        System.exit(0);
    }

    private static Measured measure(String system, String query) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx6g", "-Dfile.encoding=UTF-8"));
        for (String name : List.of("events", "batch", "warm", "runs")) {
            command.add("-D" + name + "=" + System.getProperty(name));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Trial.class.getName(), system, query));
        Process process = new ProcessBuilder(command)
                .redirectError(Boolean.getBoolean("talk") ? Redirect.INHERIT : Redirect.DISCARD)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            if (process.waitFor() != 0 || line == null) {
                throw new IllegalStateException(query + " on " + system + " failed; -Dtalk=true shows why");
            }
            return Measured.parse(line);
        }
    }
}
