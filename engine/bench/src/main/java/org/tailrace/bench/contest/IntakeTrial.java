package org.tailrace.bench.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;

/**
 * What the JVM of an {@link Intake} does: {@code counted FILE KIND FROM PER_BATCH} writes the answer into a file,
 * {@code intake KIND FROM PER_BATCH ROWS BYTES} measures and prints CSV, {@link #HEADER}.
 */
public final class IntakeTrial {
    public static final String HEADER = Measured.HEADER + ",mb_per_s";
    /** A slow system is not run again once so much time has gone into its runs. */
    private static final int ENOUGH_SECONDS = 60;

    private IntakeTrial() {}

    /** @return whether it was asked anything of this */
    public static boolean run(String system, Intake intake, String... args) throws Exception {
        if (args[0].equals("counted")) {
            var text = new Intake.Text(args[2], args[3], Integer.parseInt(args[4]));
            var answer = new Answer(0, true);
            if (intake.can(text)) {
                intake.run(text, answer);
                Files.write(Path.of(args[1]), answer.rows());
            }
            return true;
        }
        if (!args[0].equals("intake")) {
            return false;
        }
        var text = new Intake.Text(args[1], args[2], Integer.parseInt(args[3]));
        if (intake.can(text)) {
            System.out.println(time(system, intake, text, Long.parseLong(args[4]), Long.parseLong(args[5])));
        }
        return true;
    }

    private static String time(String system, Intake intake, Intake.Text text, long rows, long bytes) throws Exception {
        int warm = Integer.getInteger("warm");
        int runs = Integer.getInteger("runs");
        var took = new ArrayList<double[]>();
        long begin = System.nanoTime();
        for (int i = 0; i < warm + runs; i++) {
            if (!took.isEmpty() && System.nanoTime() - begin > ENOUGH_SECONDS * 1e9) {
                break;
            }
            System.gc();
            long cpu = Machine.cpuNanos();
            long start = System.nanoTime();
            long read = intake.run(text, new Answer(0, false));
            double wall = (System.nanoTime() - start) / 1e9;
            if (read != rows) {
                throw new IllegalStateException(read + " rows read of " + rows);
            }
            if (i >= warm) {
                took.add(new double[] {wall, (Machine.cpuNanos() - cpu) / 1e9});
            }
        }
        took.sort(Comparator.comparingDouble(each -> each[0]));
        double[] median = took.get(took.size() / 2);
        return new Measured(system, text.kind(), rows, median[0], median[1], Machine.peakRssMb()).csv()
                + String.format(Locale.ROOT, ",%.1f", bytes / 1e6 / median[0]);
    }
}
