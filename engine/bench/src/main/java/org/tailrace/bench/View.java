package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.tailrace.bench.contest.Machine;
import org.tailrace.bench.notebook.InstalledKernel;

/**
 * What a live view costs a query that runs as fast as it can: in one installed kernel, the same query by turns without a
 * view and with one, which draws four times a second and sends its pictures to a front end in this process.
 */
final class View {
    private static final String HEADER = "system,query,events,wall_s,cpu_s,events_per_s,peak_rss_mb,frames";

    private static final String DEFINITIONS = """
            var rows = streams.source("rate-micro-batch").option("rowsPerBatch", 1000000)
                .option("advanceMillisPerBatch", 1000).load();
            var counts = rows.withWatermark("timestamp", "4 seconds")
                .groupBy("window(timestamp, '10 seconds')", "value % 1000 as k").agg("count(*) as n", "max(value) as last");
            var machine = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
            void measure(Query q, int seconds) throws Exception {
                Thread.sleep(1000);
                long n = q.totals().inputRows();
                long cpu = machine.getProcessCpuTime();
                long start = System.nanoTime();
                Thread.sleep(seconds * 1000L);
                // to the end of a batch, so that whole batches are counted
                long now = q.totals().batches();
                while (q.totals().batches() == now) {
                    Thread.onSpinWait();
                }
                System.out.println((q.totals().inputRows() - n) + " " + (System.nanoTime() - start) + " "
                    + (machine.getProcessCpuTime() - cpu));
                q.stop();
            }
            """;

    private record Turn(boolean view, long rows, double wall, double cpu, int frames) {
        double perSecond() {
            return rows / wall;
        }

        double cpuEach() {
            return cpu * 1e9 / rows;
        }
    }

    private View() {}

    public static void main(String[] args) throws Exception {
        int runs = Integer.getInteger("runs");
        int seconds = Integer.getInteger("seconds");
        var installed = new InstalledKernel(
                Path.of(System.getProperty("jar")), Rival.logs().resolve("kernel"));
        var turns = new ArrayList<Turn>();
        System.out.println(HEADER);
        try (InstalledKernel.Running kernel = installed.start()) {
            kernel.front().execute(DEFINITIONS);
            turn(kernel, false, seconds);
            turn(kernel, true, seconds);
            for (int i = 0; i < 2 * runs; i++) {
                Turn turn = turn(kernel, i % 2 == 1, seconds);
                turns.add(turn);
                System.out.printf(
                        Locale.ROOT,
                        "tailrace,%s,%d,%.3f,%.3f,%.0f,%d,%d%n",
                        turn.view() ? "view" : "none",
                        turn.rows(),
                        turn.wall(),
                        turn.cpu(),
                        turn.perSecond(),
                        Machine.peakRssMb(kernel.process().pid()),
                        turn.frames());
            }
        }
        System.out.print(table(turns));
        System.exit(0);
    }

    private static Turn turn(InstalledKernel.Running kernel, boolean view, int seconds) throws IOException {
        int before = kernel.front().frames();
        String printed = kernel.front()
                .execute("var q = counts.to(noop()).update().asFastAsPossible().start(\"turn\");\n"
                        + (view ? "q.live();\n" : "") + "measure(q, " + seconds + ");");
        String[] n =
                printed.strip().lines().reduce((first, last) -> last).orElse("").split(" ");
        return new Turn(
                view,
                Long.parseLong(n[0]),
                Long.parseLong(n[1]) / 1e9,
                Long.parseLong(n[2]) / 1e9,
                kernel.front().frames() - before);
    }

    private static String table(List<Turn> turns) {
        double plain = median(turns, false, Turn::perSecond);
        double view = median(turns, true, Turn::perSecond);
        double plainCpu = median(turns, false, Turn::cpuEach);
        double viewCpu = median(turns, true, Turn::cpuEach);
        return String.format(
                Locale.ROOT,
                "%n| | none | with a view | more |%n|---|---|---|---|%n| million rows/s | %.1f | %.1f | %+.1f %% time |%n"
                        + "| CPU ns a row | %.2f | %.2f | %+.1f %% |%n",
                plain / 1e6,
                view / 1e6,
                100 * (plain / view - 1),
                plainCpu,
                viewCpu,
                100 * (viewCpu / plainCpu - 1));
    }

    private static double median(List<Turn> turns, boolean view, ToDoubleFunction<Turn> of) {
        double[] sorted = turns.stream()
                .filter(t -> t.view() == view)
                .mapToDouble(of)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
