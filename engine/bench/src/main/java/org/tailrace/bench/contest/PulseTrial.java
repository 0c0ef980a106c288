package org.tailrace.bench.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.tailrace.bench.data.Passing;

/**
 * What the JVM of a {@link Pulse} does: {@code passed FILE} writes the answer over a small stream into a file,
 * {@code beats MODE ROWS KEYS WARM MEASURED} measures and prints CSV, {@link #HEADER}. MODE is {@code memory} or
 * {@code durable}.
 */
public final class PulseTrial {
    public static final String HEADER =
            "system,mode,rows,keys,batches,p50_ms,p99_ms,max_ms,cpu_ms,alloc_kb,state_rows,peak_rss_mb";
    /** A line of the disk's own, beside a durable one. */
    public static final String LIMIT = "two-fsyncs";

    private PulseTrial() {}

    /** @return whether it was asked anything of this */
    public static boolean run(String system, Pulse pulse, String... args) throws Exception {
        if (args[0].equals("passed")) {
            Files.write(Path.of(args[1]), answer(pulse, false).rows());
            return true;
        }
        if (!args[0].equals("beats")) {
            return false;
        }
        var data = new Passing(
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                Integer.parseInt(args[5]));
        String asked = args[1] + "," + args[2] + "," + args[3];
        Pulse.Beats beats = pulse.beat(data, args[1].equals("durable"), new Answer(0, false));
        System.out.println(line(
                system + "," + asked,
                beats.nanos(),
                perBatch(beats.cpuNanos(), data.measured, 1e6),
                perBatch(beats.allocated(), data.measured, 1024),
                beats.stateRows()));
        if (beats.limitNanos().length > 0) {
            System.out.println(line(LIMIT + "," + asked, beats.limitNanos(), "", "", 0));
        }
        return true;
    }

    /** What is final of a small stream. */
    public static Answer answer(Pulse pulse, boolean durable) throws Exception {
        var answer = new Answer(0, true);
        pulse.beat(new Passing(1000, 3000, 3, 5), durable, answer);
        return answer;
    }

    private static String perBatch(long all, int batches, double unit) {
        return all < 0 ? "" : String.format(Locale.ROOT, "%.3f", all / unit / batches);
    }

    private static String line(String first, long[] nanos, String cpu, String allocated, long stateRows)
            throws java.io.IOException {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%s,%d,%.3f,%.3f,%.3f,%s,%s,%d,%d",
                first,
                sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6,
                cpu,
                allocated,
                stateRows,
                Machine.peakRssMb());
    }
}
