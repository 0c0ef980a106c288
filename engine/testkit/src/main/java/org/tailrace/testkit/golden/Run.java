package org.tailrace.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.TailraceException;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Trigger;
import org.tailrace.report.BatchReport;
import org.tailrace.spi.Backend;
import org.tailrace.spi.RunningQuery;
import org.tailrace.testkit.SimFileSystem.Loss;

/** One run of a scenario in one way and setting; throws {@link Difference} where it does not go as recorded. */
final class Run {
    private final Scenario scenario;
    private final Way way;
    private final Backend backend;
    private final World world;
    private final ErrorTable errors;
    private final JsonNode expected;
    private final Query query;
    private final Batches batches;
    private final Optional<Path> checkpoint;
    private final boolean noDataBatches;
    /** What was recorded for the batches so far. */
    private final Map<Long, JsonNode> seen = new HashMap<>();

    private @Nullable RunningQuery running;

    /** It did not go as recorded. */
    static final class Difference extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Difference(String what) {
            super(what, null, false, false);
        }
    }

    Run(
            Scenario scenario,
            Way way,
            boolean noDataBatches,
            Backend backend,
            World world,
            ErrorTable errors,
            Path directory) {
        this.scenario = scenario;
        this.way = way;
        this.backend = backend;
        this.world = world;
        this.errors = errors;
        this.noDataBatches = noDataBatches;
        expected = scenario.expected(noDataBatches);
        query = new Query(scenario, noDataBatches);
        batches = new Batches(scenario.json().path("sink").asText(""));
        boolean restarts = false;
        for (JsonNode batch : scenario.json().path("batches")) {
            restarts |= batch.has("$restart");
        }
        checkpoint = way.crash() || restarts ? Optional.of(directory.resolve("checkpoint")) : Optional.empty();
    }

    void run() throws Exception {
        try {
            JsonNode refusal = scenario.json().path("error");
            if (!refusal.isMissingNode()) {
                refused(refusal);
                return;
            }
            int steps = 0;
            try {
                start();
            } catch (TailraceException e) {
                foreseen(e, -1);
                return;
            }
            compareSchema(query.resolve());
            for (JsonNode batch : scenario.json().path("batches")) {
                if (!step(batch, steps++)) {
                    return;
                }
            }
            compare("number of steps", String.valueOf(expected.size()), String.valueOf(steps));
        } finally {
            stop();
        }
    }

    private void refused(JsonNode refusal) throws Exception {
        try {
            start();
        } catch (TailraceException e) {
            mapped(e, refusal);
            return;
        }
        throw new Difference("was not refused; Spark says " + shortly(refusal));
    }

    private void start() throws Exception {
        ResolvedPlan plan = query.resolve();
        var mode = PlanRules.mode(query.mode());
        PlanRules.check(plan, mode, batches.sink(), new Trigger.Step());
        running = backend.start(
                new Backend.QuerySpec(
                        "golden",
                        plan,
                        mode,
                        new Trigger.Step(),
                        batches.sink(),
                        checkpoint,
                        Backend.OnError.FAIL,
                        query.settings(),
                        List.of(batches)),
                world.environment());
    }

    private void stop() throws InterruptedException {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    /** As the way says: stopped, or killed with all that it had in memory and not on the disk. */
    private void end(boolean changes) throws InterruptedException {
        if (!way.crash()) {
            stop();
            return;
        }
        // Another query must not run the last batch again: it would have other rows.
        world.kill(changes ? Loss.KILL : Loss.LOST, this::stop);
        running = null;
    }

    /** What was not durable runs again, and must give what it gave before. */
    private void again() throws Exception {
        start();
        for (BatchReport report : way.crash() ? running.step(1) : List.<BatchReport>of()) {
            JsonNode before = seen.get(report.batchId());
            if (before == null) {
                throw new Difference("batch " + report.batchId() + " ran after a crash and had not run before");
            }
            compareBatch(before, report, "batch " + report.batchId() + " again", report.noData());
        }
    }

    /** Delivers one step's rows and compares what they give; false if the scenario ends here. */
    private boolean step(JsonNode batch, int step) throws Exception {
        if (step >= expected.size()) {
            throw new Difference("step " + step + " is not recorded");
        }
        boolean restart = batch.has("$restart");
        List<BatchReport> reports;
        try {
            if (restart || way.crash() && step > 0) {
                end(restart);
                query.restart(batch.path("$restart"));
                again();
            }
            batch.fields().forEachRemaining(e -> {
                if (!e.getKey().equals("$restart")) {
                    query.add(e.getKey(), e.getValue());
                }
            });
            if (running == null) {
                start();
            }
            reports = running.step(1);
        } catch (TailraceException e) {
            foreseen(e, step);
            return false;
        }
        JsonNode outcome = expected.path(step);
        if (outcome.has("error")) {
            throw new Difference("step " + step + " did not fail; Spark says " + shortly(outcome.path("error")));
        }
        compare(outcome, reports, "step " + step);
        return true;
    }

    /** An error is right if this step, or a later one, or the plan as such is recorded to fail with it. */
    private void foreseen(TailraceException e, int step) {
        for (int i = Math.max(0, step); i < expected.size(); i++) {
            JsonNode error = expected.path(i).path("error");
            boolean here = i == step || e instanceof org.tailrace.error.PlanException;
            if (!error.isMissingNode() && here) {
                mapped(e, error);
                return;
            }
        }
        throw new Difference((step < 0 ? "start" : "step " + step) + " failed: " + firstLine(e));
    }

    private void mapped(TailraceException e, JsonNode error) {
        List<String> codes = errors.codes(error);
        if (!codes.contains(e.code())) {
            throw new Difference("refused with " + firstLine(e) + "; Spark's " + shortly(error) + " is "
                    + (codes.isEmpty() ? "not in spark-errors.txt" : String.join(" or ", codes)));
        }
    }

    private static String firstLine(TailraceException e) {
        return e.getMessage().lines().findFirst().orElse("");
    }

    private static String shortly(JsonNode error) {
        String message = error.path("message").asText();
        return error.path("condition").asText("") + " "
                + (message.length() > 90 ? message.substring(0, 90) + "..." : message);
    }

    private void compareSchema(ResolvedPlan plan) {
        JsonNode recorded = scenario.json().path("outputSchema");
        if (recorded.isMissingNode()) {
            return;
        }
        var ours = plan.output().stream()
                .map(a -> a.name() + " " + a.type().ddl() + (a.nullable() ? "" : " not null"))
                .toList();
        var theirs = new ArrayList<String>();
        recorded.forEach(c -> theirs.add(c.path("name").asText() + " "
                + c.path("type").asText() + (c.path("nullable").asBoolean() ? "" : " not null")));
        compare("schema", String.join(", ", theirs), String.join(", ", ours));
    }

    private void compare(JsonNode outcome, List<BatchReport> reports, String where) {
        if (outcome.path("noBatchRun").asBoolean(false)) {
            compare(where + " batches", "0", String.valueOf(reports.size()));
            return;
        }
        var recorded = new ArrayList<JsonNode>();
        recorded.add(outcome);
        if (noDataBatches) {
            outcome.path("noDataBatches").forEach(recorded::add);
        }
        for (int i = 0; i < Math.min(recorded.size(), reports.size()); i++) {
            seen.put(reports.get(i).batchId(), recorded.get(i));
            compareBatch(recorded.get(i), reports.get(i), where + (i > 0 ? " no-data batch" : ""), i > 0);
        }
        compare(where + " number of batches", String.valueOf(recorded.size()), String.valueOf(reports.size()));
    }

    private void compareBatch(JsonNode recorded, BatchReport report, String where, boolean noData) {
        compare(where + " id", recorded.path("batchId").asText(), String.valueOf(report.batchId()));
        compare(where + " is without data", String.valueOf(noData), String.valueOf(report.noData()));
        compare(where + " watermark", time(recorded.path("watermark")), time(report.watermarkMs()));
        List<JsonNode> rows = batches.rows(report.batchId());
        if (!Cells.sameRows(recorded.path("rows"), rows, scenario.ordered(), scenario.tolerance())) {
            throw new Difference(where + " rows: recorded " + recorded.path("rows") + ", got " + rows);
        }
        compare(where + " next watermark", time(recorded.path("nextWatermark")), time(report.nextWatermarkMs()));
        compare(
                where + " dropped by watermark",
                recorded.path("droppedByWatermark").asText(),
                String.valueOf(report.droppedByWatermark()));
        if (scenario.stateRowsCount() && !recorded.path("derived").asBoolean(false)) {
            compare(where + " state rows", recorded.path("stateRows").asText(), String.valueOf(report.stateRows()));
        }
    }

    private static String time(JsonNode time) {
        return time.isNull() ? "none" : Instant.parse(time.asText()).toString();
    }

    private static String time(OptionalLong ms) {
        return ms.isEmpty() ? "none" : Instant.ofEpochMilli(ms.getAsLong()).toString();
    }

    private static void compare(String what, String recorded, String got) {
        if (!recorded.equals(got)) {
            throw new Difference(what + ": recorded " + recorded + ", got " + got);
        }
    }
}
