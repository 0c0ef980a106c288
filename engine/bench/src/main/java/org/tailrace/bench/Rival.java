package org.tailrace.bench;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A system, which runs in JVMs of its own, all with the same heap and cores.
 *
 * <p>The peers are small projects beside this one: {@code peers/FAMILY} has the JVM options that its maker asks for in
 * {@code jvm.options}, the class path in {@code target/classpath.txt}, and a main class that takes part in the contest. What
 * follows a dash in a system's name is a way to configure the family.
 */
record Rival(String name) {
    private static final List<String> OWN = List.of("hand", "tailrace");
    /** As a notebook's kernel is started. */
    private static final List<String> KERNEL = List.of(
            "-XX:Tier4InvocationThreshold=15000",
            "-XX:+UseParallelGC",
            "-Xms64m",
            "-XX:NewSize=24m",
            "-XX:YoungGenerationSizeSupplement=0");

    /** Whether it sees the data as a stream that need not end, and is another's. */
    boolean streams() {
        return !OWN.contains(family()) && !family().equals("duckdb");
    }

    String family() {
        return name.split("-")[0];
    }

    /**
     * Runs it and gives what it printed; what it says besides is appended to its log.
     *
     * @param settings system properties
     * @param seconds after which it is killed
     * @throws IOException if it failed or was killed
     */
    String run(List<String> arguments, Map<String, Object> settings, long seconds)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("heap", "6g"),
                "-XX:ActiveProcessorCount=" + System.getProperty("cores", "2"),
                "-Dfile.encoding=UTF-8",
                // Checkpoints and the like of all systems lie on the same disk, and not in memory.
                "-Djava.io.tmpdir=" + logs().toAbsolutePath()));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        if (OWN.contains(family())) {
            command.addAll(KERNEL);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Own.class.getName()));
        } else {
            Path peer = Path.of(System.getProperty("peers"), family());
            command.addAll(Files.readAllLines(peer.resolve("jvm.options")));
            String libraries =
                    Files.readString(peer.resolve("target/classpath.txt")).strip();
            command.addAll(List.of(
                    "-cp",
                    peer.resolve("target/classes") + File.pathSeparator + libraries,
                    "org.tailrace.bench.peers." + family() + ".Peer"));
        }
        command.add(name);
        command.addAll(arguments);
        Path log = logs().resolve(name + ".log");
        Path printed = Files.createTempFile(logs(), name, ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(Redirect.appendTo(log.toFile()))
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException(name + " " + arguments + " took more than " + seconds + " s, see " + log);
            }
            if (process.exitValue() != 0) {
                throw new IOException(name + " " + arguments + " ended with " + process.exitValue() + ", see " + log);
            }
            return Files.readString(printed).strip();
        } finally {
            Files.delete(printed);
        }
    }

    static Path logs() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("logs")));
    }
}
