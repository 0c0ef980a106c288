package org.tailrace.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tailrace.testkit.golden.GoldenRunner;

/**
 * Runs random queries here and on Spark and compares schema, rows, watermarks and kinds of refusal; {@code -Dqueries=N},
 * {@code -Dseed=S}; {@code -Donly=I,J} runs those queries alone, {@code -Dkind=projections|streams|examples} one kind;
 * {@code -Drecord=FOLDER} records scenarios instead.
 */
public final class Main {
    private final Draws draws = new Draws();
    private final Projections projections = new Projections(draws);
    private final Streams streams = new Streams(draws);
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> known = new TreeMap<>();
    private final long seed = Long.getLong("seed", 1);
    private final Spark spark;
    private final GoldenRunner ours;
    private int differing;

    private Main(Path scratch) {
        spark = new Spark(scratch);
        ours = new GoldenRunner(scratch);
    }

    public static void main(String[] arguments) throws Exception {
        Path memory = Path.of("/dev/shm");
        Path scratch = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "oracle")
                : Files.createTempDirectory("oracle");
        int differing;
        try {
            differing = new Main(scratch).run();
        } finally {
            Spark.delete(scratch);
        }
        // Spark leaves threads behind.
        System.exit(differing == 0 ? 0 : 1);
    }

    private int run() throws Exception {
        String folder = System.getProperty("record", "");
        if (!folder.isEmpty()) {
            differing = new Recorder(spark, ours).record(Path.of(folder));
            spark.close();
            return differing;
        }
        String kind = System.getProperty("kind", "all");
        String only = System.getProperty("only", "");
        long begun = System.nanoTime();
        if (only.isEmpty() && (kind.equals("all") || kind.equals("examples"))) {
            for (ObjectNode example : Examples.all()) {
                compare("example", example, true, List.of(), "-Dkind=examples");
            }
        }
        int queries = kind.equals("examples") ? 0 : Integer.getInteger("queries", 2000);
        int[] chosen = only.isEmpty()
                ? IntStream.range(0, queries).toArray()
                : Arrays.stream(only.split(",")).mapToInt(Integer::parseInt).toArray();
        for (int k = 0; k < chosen.length; k++) {
            query(chosen[k], kind);
            if (k % 100 == 99) {
                System.out.println(k + 1 + " queries, " + differing + " differ, "
                        + (System.nanoTime() - begun) / 1_000_000_000 + " s");
            }
        }
        report();
        spark.close();
        return differing;
    }

    private void query(int i, String kind) throws Exception {
        draws.seed(seed * 1_000_003 + i);
        boolean stream = kind.equals("streams") || kind.equals("all") && i % 5 < 2;
        String again = "-Dseed=" + seed + " -Donly=" + i + (kind.equals("all") ? "" : " -Dkind=" + kind);
        if (stream) {
            ObjectNode scenario = streams.next();
            boolean noDataBatches = !draws.drawn("no-data batches off", 0.3);
            compare("stream", scenario, noDataBatches, List.of(), again);
        } else {
            Projections.Query query = projections.next();
            compare("projection", query.scenario(), true, query.smaller(), again);
        }
    }

    private void compare(
            String kind, ObjectNode scenario, boolean noDataBatches, List<ObjectNode> smaller, String again)
            throws Exception {
        String difference = difference(scenario, noDataBatches);
        ObjectNode shown = scenario;
        if (!difference.isEmpty() && !smaller.isEmpty()) {
            boolean alone = false;
            for (ObjectNode candidate : smaller) {
                String narrower = difference(candidate, noDataBatches);
                if (!narrower.isEmpty()) {
                    shown = candidate;
                    difference = narrower;
                    alone = true;
                    if (Differences.known(candidate, narrower).isEmpty()) {
                        break;
                    }
                }
            }
            if (!alone && scenario.path("expected").path(0).has("error")) {
                // Several of its expressions fail, and which one does first is nobody's promise.
                outcomes.merge(kind + ": agree, each expression alone", 1, Integer::sum);
                return;
            }
        }
        if (difference.isEmpty()) {
            outcomes.merge(kind + ": agree, " + agreed(scenario), 1, Integer::sum);
            return;
        }
        var why = Differences.known(shown, difference);
        if (why.isPresent()) {
            known.merge(why.get(), 1, Integer::sum);
            outcomes.merge(kind + ": known difference", 1, Integer::sum);
            return;
        }
        differing++;
        outcomes.merge(kind + ": DIFFER", 1, Integer::sum);
        System.out.println(Describe.failure(shown, noDataBatches, difference, again));
    }

    private String difference(ObjectNode scenario, boolean noDataBatches) throws Exception {
        spark.record(scenario, noDataBatches);
        String difference = ours.difference(scenario, noDataBatches);
        if (Differences.onlyMoreNullable(difference)) {
            // The rest of it is compared all the same.
            known.merge(Differences.MORE_NULLABLE, 1, Integer::sum);
            return ours.differenceOfRows(scenario, noDataBatches);
        }
        return difference;
    }

    private static String agreed(ObjectNode scenario) {
        if (scenario.has("error")) {
            return "both refuse";
        }
        for (var step : scenario.path("expected")) {
            if (step.has("error")) {
                return "both fail on the data";
            }
        }
        return "the same results";
    }

    private void report() {
        System.out.println("drawn:");
        draws.counts().forEach((construct, count) -> System.out.println("  " + count + "\t" + construct));
        known.forEach((why, count) -> System.out.println("known difference, " + count + " times: " + why));
        outcomes.forEach((outcome, count) -> System.out.println(outcome + ": " + count));
        System.out.println("Spark " + spark.version() + ", seed " + seed + ": " + differing + " differ");
    }
}
