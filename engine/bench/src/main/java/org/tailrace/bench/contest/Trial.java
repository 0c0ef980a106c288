package org.tailrace.bench.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/**
 * What every system's JVM does: {@code answer DIRECTORY QUERIES} writes the answer to each query over a few events into a
 * file of the query's name, {@code time QUERY} measures one and prints a line of CSV, {@code first} answers one and prints
 * how long that took since the process was started, {@link #FIRST_HEADER}.
 */
public final class Trial {
    /** The queries are compared over so many events, which are a hundred seconds, so that windows and sessions end. */
    public static final int COMPARED = 10_000;

    private static final int COMPARED_PER_SECOND = 100;
    private static final int PER_SECOND = 100_000;
    /** A slow system is not run again once so much time has gone into its runs. */
    private static final int ENOUGH_SECONDS = 30;

    public static final String FIRST_HEADER = "system,wall_s,cpu_s,peak_rss_mb";

    /** Endings of the files beside the answers: a failure, and a query that the system has no way to say. */
    public static final String FAILED = ".failed";

    public static final String NONE = ".none";
    /** A file whose presence says that distinct counts are approximate. */
    public static final String APPROXIMATE = "approximate";

    private Trial() {}

    public static void run(String system, Contender contender, String... args) throws Exception {
        if (args[0].equals("answer")) {
            if (contender.approximates()) {
                Files.writeString(Path.of(args[1], APPROXIMATE), "");
            }
            for (String name : args[2].split(",")) {
                Query query = Query.valueOf(name.toUpperCase(Locale.ROOT));
                Path file = Path.of(args[1], name);
                if (contender.can(query)) {
                    try {
                        Files.write(
                                file,
                                answer(contender, query, comparedData(query)).rows());
                    } catch (Exception | LinkageError failed) {
                        failed.printStackTrace();
                        Files.writeString(Path.of(args[1], name + FAILED), String.valueOf(failed));
                    }
                } else {
                    Files.writeString(Path.of(args[1], name + NONE), "");
                }
            }
        } else if (args[0].equals("first")) {
            System.out.println(first(system, contender));
        } else {
            Query query = Query.valueOf(args[1].toUpperCase(Locale.ROOT));
            System.out.println(time(system, contender, query).csv());
        }
    }

    public static Data comparedData(Query query) {
        return Data.of(query, COMPARED, COMPARED_PER_SECOND, 3_000);
    }

    public static Answer answer(Contender contender, Query query, Data data) throws Exception {
        contender.prepare(query, data);
        var answer = new Answer(query, true);
        read(contender.run(query, data, answer), query, data);
        return answer;
    }

    /** Making the events is not counted. */
    private static String first(String system, Contender contender) throws Exception {
        long start = System.nanoTime();
        long cpu = Machine.cpuNanos();
        Data data = comparedData(Query.Q12);
        long making = System.nanoTime() - start;
        long makingCpu = Machine.cpuNanos() - cpu;
        if (answer(contender, Query.Q12, data).rows().isEmpty()) {
            throw new IllegalStateException("no result");
        }
        return first(
                system,
                (System.currentTimeMillis() - Long.getLong("spawned")) / 1e3 - making / 1e9,
                (Machine.cpuNanos() - makingCpu) / 1e9,
                Machine.peakRssMb());
    }

    /** A line of {@link #FIRST_HEADER}. */
    public static String first(String system, double wall, double cpu, long peakRssMb) {
        return String.format(Locale.ROOT, "%s,%.3f,%.3f,%d", system, wall, cpu, peakRssMb);
    }

    private static void read(long rows, Query query, Data data) {
        if (rows != data.rows(query)) {
            throw new IllegalStateException(query + ": " + rows + " rows read of " + data.rows(query));
        }
    }

    private static Measured time(String system, Contender contender, Query query) throws Exception {
        Data data = Data.of(query, Integer.getInteger("events"), PER_SECOND, Integer.getInteger("batch"));
        contender.prepare(query, data);
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
            int passes = 0;
            do {
                var answer = new Answer(query, false);
                read(contender.run(query, data, answer), query, data);
                passes++;
            } while (System.nanoTime() - start < contender.leastSeconds() * 1e9);
            double wall = (System.nanoTime() - start) / 1e9 / passes;
            double busy = (Machine.cpuNanos() - cpu) / 1e9 / passes;
            System.err.println("  " + system + " " + query + " " + wall + " s");
            if (i >= warm) {
                took.add(new double[] {wall, busy});
            }
        }
        took.sort(Comparator.comparingDouble(each -> each[0]));
        double[] median = took.get(took.size() / 2);
        return new Measured(
                system,
                query.name().toLowerCase(Locale.ROOT),
                data.rows(query),
                median[0],
                median[1],
                Machine.peakRssMb());
    }
}
