package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.bench.contest.Machine;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.notebook.InstalledKernel;

/**
 * From the start of a JVM to the first result of a micro-batch, of each system; and from the start of the installed kernel
 * to the first view that a front end gets to see.
 */
final class Start {
    private static final int SECONDS = 120;
    /** A value that only a drawn result shows: the cell's own text has it in two parts. */
    static final String SHOWN = "page-4711";

    static final String CELL = """
            record Visit(String page, long ms, java.time.Instant at) {}
            var visits = streams.memory("visits", Visit.class);
            visits.add(new Visit("page-" + 4711, 12, java.time.Instant.EPOCH));
            var counts = visits.groupBy("page").agg("count(*) as visits", "avg(ms) as mean");
            var live = counts.live();
            """;

    private Start() {}

    public static void main(String[] args) throws Exception {
        int runs = Integer.getInteger("runs");
        var wrong = new ArrayList<String>();
        var lines = new ArrayList<String>();
        System.out.println(Trial.FIRST_HEADER);
        for (String system : System.getProperty("systems").split(",")) {
            try {
                lines.add(median(system.equals("notebook") ? notebooks(runs) : firsts(new Rival(system), runs)));
                System.out.println(lines.get(lines.size() - 1));
            } catch (IOException failed) {
                wrong.add(failed.getMessage());
            }
        }
        System.out.print(table(lines));
        wrong.forEach(System.err::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static List<String> firsts(Rival rival, int runs) throws IOException, InterruptedException {
        var all = new ArrayList<String>();
        for (int i = 0; i < runs; i++) {
            all.add(rival.run(List.of("first"), Map.of("spawned", System.currentTimeMillis()), SECONDS));
        }
        return all;
    }

    private static List<String> notebooks(int runs) throws IOException, InterruptedException {
        var installed = new InstalledKernel(
                Path.of(System.getProperty("jar")), Rival.logs().resolve("kernel"));
        var all = new ArrayList<String>();
        for (int i = 0; i < runs; i++) {
            try (InstalledKernel.Running kernel = installed.start()) {
                kernel.front().executeUntilDrawn(CELL, SHOWN);
                double wall = (System.nanoTime() - kernel.startedNanos()) / 1e9;
                double cpu =
                        kernel.process().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
                all.add(Trial.first(
                        "notebook",
                        wall,
                        cpu,
                        Machine.peakRssMb(kernel.process().pid())));
            }
        }
        return all;
    }

    /** The line with the median CPU time. */
    private static String median(List<String> lines) {
        var sorted = new ArrayList<>(lines);
        sorted.sort(Comparator.comparingDouble(line -> Double.parseDouble(line.split(",")[2])));
        return sorted.get(sorted.size() / 2);
    }

    static String table(List<String> lines) {
        Optional<double[]> ours = lines.stream()
                .filter(line -> line.startsWith("tailrace,"))
                .map(Start::numbers)
                .findFirst();
        var text = new StringBuilder(
                "\n| system | wall s | CPU s | memory MB | CPU / tailrace |\n|---|---|---|---|---|\n");
        for (String line : lines) {
            double[] n = numbers(line);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.0f | %s |%n",
                    line.split(",")[0],
                    n[0],
                    n[1],
                    n[2],
                    ours.map(own -> String.format(Locale.ROOT, "%.1f", n[1] / own[1]))
                            .orElse("–")));
        }
        return text.toString();
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(","))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
