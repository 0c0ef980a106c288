package org.tailrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.tailrace.testkit.golden.GoldenRunner;
import org.tailrace.testkit.random.RandomQueries;
import org.tailrace.testkit.random.RandomQueries.Kind;

/**
 * Runs random queries here and on Spark and compares schema, rows, watermarks and kinds of refusal; {@code -Dqueries=N},
 * {@code -Dseed=S}; {@code -Donly=I,J} runs those queries alone, {@code -Dkind=projections|streams|bounded|examples} one
 * kind, and {@code -Dkind=random} all but the examples; {@code -Drecord=FOLDER} records scenarios instead.
 */
public final class Main {
    /** After so many Spark starts anew, as what it keeps of each query adds up. */
    private static final int SPARK_LIFE = Integer.getInteger("life", 250);

    /** Exceptions without a condition that no query is to blame for. */
    private static final Set<String> DEFECTS = Set.of(
            "java.lang.NullPointerException",
            "java.lang.ArrayIndexOutOfBoundsException",
            "java.lang.NegativeArraySizeException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.ClassCastException",
            "java.lang.AssertionError",
            "scala.MatchError");

    private final long seed = Long.getLong("seed", 1);
    private final String kind = System.getProperty("kind", "all");
    private final RandomQueries queries = new RandomQueries(seed);
    private final Tally tally = new Tally();
    private final Spark spark;
    private final GoldenRunner ours;

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
            int failed = new Recorder(spark, ours).record(Path.of(folder));
            spark.close();
            return failed;
        }
        String only = System.getProperty("only", "");
        long begun = System.nanoTime();
        if (only.isEmpty() && (kind.equals("all") || kind.equals("examples"))) {
            for (ObjectNode example : RandomQueries.examples()) {
                compare("example", example, true, List.of(), "-Dkind=examples");
            }
        }
        int count = kind.equals("examples") ? 0 : Integer.getInteger("queries", 2000);
        int[] chosen = only.isEmpty()
                ? IntStream.range(0, count).toArray()
                : Arrays.stream(only.split(",")).mapToInt(Integer::parseInt).toArray();
        for (int k = 0; k < chosen.length; k++) {
            var drawn = queries.query(chosen[k], drawn());
            String again = "-Dseed=" + seed + " -Donly=" + chosen[k] + (kind.equals("all") ? "" : " -Dkind=" + kind);
            compare(drawn.kind(), drawn.scenario(), drawn.noDataBatches(), drawn.smaller(), again);
            if (k % 50 == 49) {
                System.out.println(tally + ", " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
            }
            if (k % SPARK_LIFE == SPARK_LIFE - 1) {
                spark.restart();
            }
        }
        queries.counts().forEach((construct, times) -> System.out.println("drawn\t" + times + "\t" + construct));
        tally.print();
        System.out.println("Spark " + spark.version() + ", seed " + seed + ": " + tally.differing() + " differ");
        spark.close();
        return tally.differing();
    }

    private Kind drawn() {
        return kind.equals("random") ? Kind.ALL : Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    }

    private void compare(
            String kind, ObjectNode scenario, boolean noDataBatches, List<ObjectNode> smaller, String again)
            throws Exception {
        String difference = difference(scenario, noDataBatches);
        String internal = internal(scenario);
        if (!internal.isEmpty()) {
            System.out.println(
                    "SPARK FAILED " + again + "\n  " + scenario.path("sql").asText() + "\n  " + internal + "\n");
            tally.sparkFailed(kind);
            return;
        }
        ObjectNode shown = scenario;
        if (!difference.isEmpty() && !smaller.isEmpty()) {
            boolean alone = false;
            for (ObjectNode candidate : smaller) {
                String narrower = difference(candidate, noDataBatches);
                if (!narrower.isEmpty() && internal(candidate).isEmpty()) {
                    shown = candidate;
                    difference = narrower;
                    alone = true;
                    if (Differences.known(candidate, narrower).isEmpty()) {
                        break;
                    }
                }
            }
            if (!alone && failed(scenario)) {
                // Several of its expressions fail, and which one does first is nobody's promise.
                tally.agree(kind, "both fail on the data, each expression alone");
                return;
            }
        }
        if (difference.isEmpty()) {
            tally.agree(kind, agreed(scenario));
            return;
        }
        var why = Differences.known(shown, difference);
        if (why.isPresent()) {
            tally.known(kind, why.get());
            return;
        }
        tally.differ(kind);
        System.out.println(Describe.failure(shown, noDataBatches, difference, again));
    }

    private String difference(ObjectNode scenario, boolean noDataBatches) throws Exception {
        spark.record(scenario, noDataBatches);
        if (!internal(scenario).isEmpty() && !spark.works()) {
            spark.restart();
            spark.record(scenario, noDataBatches);
        }
        String difference = ours.difference(scenario, noDataBatches);
        if (Differences.onlyMoreNullable(difference)) {
            // The rest of it is compared all the same.
            tally.moreNullable();
            return ours.differenceOfRows(scenario, noDataBatches);
        }
        return difference;
    }

    /** A defect of Spark's own in a recording, or nothing. */
    private static String internal(ObjectNode scenario) {
        for (JsonNode error : scenario.findValues("error")) {
            boolean named = !error.path("condition").asText("").isEmpty();
            if (error.path("condition").asText("").startsWith("INTERNAL_ERROR")
                    || !named && DEFECTS.contains(error.path("exception").asText())) {
                return error.toString();
            }
        }
        return "";
    }

    private static boolean failed(ObjectNode scenario) {
        return scenario.path("expected").path(0).has("error");
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
}
