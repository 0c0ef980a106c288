package org.tailrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Measures one query on one system, in a JVM of its own: prints one line of CSV. */
final class Trial {
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Trial() {}

    public static void main(String[] args) throws Exception {
        String system = args[0];
        Question question = Question.valueOf(args[1].toUpperCase(Locale.ROOT));
        Data data = Data.of(question, Integer.getInteger("events"), 100_000, Integer.getInteger("batch"));
        int warm = Integer.getInteger("warm");
        int runs = Integer.getInteger("runs");
        Feed feed = system.equals("hand") ? null : new Feed(question, data);
        double[][] took = new double[runs][];
        for (int i = 0; i < warm + runs; i++) {
            System.gc();
            double[] one = feed == null ? hand(question, data) : engine(question, feed);
            if (i >= warm) {
                took[i - warm] = one;
            }
        }
        Arrays.sort(took, (a, b) -> Double.compare(a[0], b[0]));
        double[] median = took[runs / 2];
        System.out.println(new Measured(system, args[1], data.rows(question), median[0], median[1], peakRssMb()).csv());
    }

    private static double[] hand(Question question, Data data) {
        // A loop is over so soon that one pass would measure the clock.
        int passes = 5;
        long cpu = MACHINE.getProcessCpuTime();
        long start = System.nanoTime();
        for (int i = 0; i < passes; i++) {
            var answer = new Answer(false);
            Hand.run(question, data, answer);
            System.err.println("  hand " + question + " " + answer);
        }
        return seconds(start, cpu, passes);
    }

    private static double[] engine(Question question, Feed feed) throws InterruptedException {
        try (var engine = new Engine(question, feed, false)) {
            long cpu = MACHINE.getProcessCpuTime();
            long start = System.nanoTime();
            engine.run();
            double[] took = seconds(start, cpu, 1);
            System.err.println("  tailrace " + question + " " + took[0] + " s, " + engine.totals());
            return took;
        }
    }

    private static double[] seconds(long start, long cpu, int passes) {
        double wall = (System.nanoTime() - start) / 1e9 / passes;
        return new double[] {wall, (MACHINE.getProcessCpuTime() - cpu) / 1e9 / passes};
    }

    /** −1 where the system does not say. */
    private static long peakRssMb() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }
}
