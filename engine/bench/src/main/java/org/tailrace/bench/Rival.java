package org.tailrace.bench;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    private static final List<String> KERNEL = List.of("-XX:+UseParallelGC", "-Xms64m", "-XX:NewSize=24m");

    /** Whether it sees the data as a stream that need not end, and is another's. */
    boolean streams() {
        return !OWN.contains(family()) && !family().equals("duckdb");
    }

    private String family() {
        return name.split("-")[0];
    }

    /** Runs it and gives what it printed; its log goes to {@code target/bench}. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("heap"),
                "-XX:ActiveProcessorCount=" + System.getProperty("cores"),
                "-Dfile.encoding=UTF-8"));
        for (String setting : List.of("events", "batch", "warm", "runs")) {
            command.add("-D" + setting + "=" + System.getProperty(setting));
        }
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
        Path log = Files.createDirectories(Path.of(System.getProperty("logs"))).resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(name + " " + arguments + " ended with " + process.exitValue() + ", see " + log);
        }
        return printed.strip();
    }
}
