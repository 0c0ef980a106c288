package org.tailrace.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.tailrace.error.TailraceException;
import org.tailrace.spi.Backend;

/**
 * Runs recorded scenarios: each as written, killed and restored from a checkpoint between all batches, and with vectors of 2 rows; each
 * with batches without data and, where that was recorded, without them.
 */
public final class GoldenRunner {
    private final ErrorTable errors = new ErrorTable();
    private final Path scratch;

    /** @param scratch a directory for checkpoints, emptied again */
    public GoldenRunner(Path scratch) {
        this.scratch = scratch;
    }

    /** @param failure empty if all went as recorded, else the first difference */
    public record Result(String scenario, String failure) {
        public boolean passed() {
            return failure.isEmpty();
        }

        @Override
        public String toString() {
            return scenario + (passed() ? "" : ": " + failure);
        }
    }

    /** Runs every scenario of a folder. */
    public List<Result> run(Path folder) throws IOException {
        var results = new ArrayList<Result>();
        for (Scenario scenario : Scenario.all(folder)) {
            results.add(new Result(scenario.name(), run(scenario, Way.ALL)));
        }
        return results;
    }

    /** The first difference, or nothing. */
    String run(Scenario scenario, List<Way> ways) {
        for (Way way : ways) {
            for (boolean noDataBatches : new boolean[] {true, false}) {
                if (scenario.recorded(noDataBatches)) {
                    String failure = run(scenario, way, noDataBatches);
                    if (!failure.isEmpty()) {
                        return way.name() + (noDataBatches ? "" : ", no-data batches off") + ": " + failure;
                    }
                }
            }
        }
        return "";
    }

    /** The first difference of a recorded scenario that is run once as written, or nothing. */
    public String difference(JsonNode recorded, boolean noDataBatches) {
        return run(new Scenario(recorded), Way.AS_WRITTEN, noDataBatches);
    }

    /** As {@link #difference}, but the schema is not compared. */
    public String differenceOfRows(JsonNode recorded, boolean noDataBatches) {
        return run(new Scenario(recorded).withoutSchema(), Way.AS_WRITTEN, noDataBatches);
    }

    /** The first difference of one run, or nothing. */
    String run(Scenario scenario, Way way, boolean noDataBatches) {
        try {
            scenario.check();
            Path directory = Files.createTempDirectory(scratch, "golden");
            try {
                new Run(
                                scenario,
                                way,
                                noDataBatches,
                                backend(way),
                                way.crash() ? World.simulated() : World.real(),
                                errors,
                                directory)
                        .run();
            } finally {
                delete(directory);
            }
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (Run.Difference e) {
            return String.valueOf(e.getMessage());
        } catch (TailraceException e) {
            return e.getMessage().lines().findFirst().orElse("") + cause(e);
        } catch (Exception | StackOverflowError e) {
            return e.toString();
        }
    }

    private static String cause(Throwable e) {
        return e.getCause() == null ? "" : " (" + e.getCause() + ")";
    }

    private static Backend backend(Way way) {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> backend.name().equals("local"))
                .findFirst()
                .map(backend -> backend.withVectors(way.vectorSize()))
                .orElseThrow(() -> new IllegalStateException("no local backend on the class path"));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
