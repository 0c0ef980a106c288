package org.tailrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tailrace.error.PlanException;
import org.tailrace.expr.builtin.Functions;

/** Every recorded scenario resolves to the columns that Spark reported. */
class GoldenPlansTest {

    /** All scenarios whose functions the table has. */
    private static List<Golden> scenarios() {
        boolean json = Functions.table().find("get_json_object").isPresent();
        return Golden.all().stream()
                .filter(golden -> json || !golden.text("sql").contains("get_json_object"))
                .toList();
    }

    @Test
    void output_columns_have_the_names_types_and_nullability_that_spark_reports() {
        var wrong = new ArrayList<String>();
        for (Golden golden : scenarios()) {
            if (!GoldenQueries.buildable(golden)
                    || golden.objects("outputSchema").isEmpty()) {
                continue;
            }
            List<String> expected = golden.objects("outputSchema").stream()
                    .map(f -> f.get("name") + " " + f.get("type")
                            + (Boolean.TRUE.equals(f.get("nullable")) ? "" : " not null"))
                    .toList();
            try {
                List<String> found = new GoldenQueries(Functions.table())
                        .resolve(golden).output().stream()
                                .map(a -> a.name() + " " + a.type() + (a.nullable() ? "" : " not null"))
                                .toList();
                if (!found.equals(expected)) {
                    wrong.add(golden.name() + ": " + found + " instead of " + expected);
                }
            } catch (PlanException e) {
                // What Spark refuses at the start may be refused here before it has columns.
                if (golden.error()
                        .map(SparkErrors::codes)
                        .filter(c -> c.contains(e.code()))
                        .isEmpty()) {
                    wrong.add(golden.name() + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    /** Codes of plans, not of values in a batch or of checkpoints; TR-201 and TR-233 are judged before there is a plan. */
    private static boolean ofPlans(List<String> codes) {
        return codes.get(0).compareTo("TR-300") < 0;
    }

    @Test
    void what_spark_refuses_is_refused_with_the_code_of_its_rule_and_nothing_else_is() {
        var wrong = new ArrayList<String>();
        for (Golden golden : scenarios()) {
            List<String> expected = golden.error()
                    .map(SparkErrors::codes)
                    .filter(GoldenPlansTest::ofPlans)
                    .orElse(List.of());
            String found = "";
            try {
                if (!golden.text("outputMode").isEmpty()) {
                    PlanRules.mode(golden.text("outputMode"));
                }
                ResolvedPlan plan = new GoldenQueries(Functions.table()).resolve(golden);
                if (golden.objects("ops").stream().anyMatch(op -> "count".equals(op.get("op")))) {
                    PlanRules.requireBounded(plan, "count", null);
                }
                String sink = golden.text("sink").isEmpty() ? "forEachBatch" : golden.text("sink");
                PlanRules.check(
                        plan,
                        PlanRules.mode(golden.text("outputMode")),
                        new SinkSpec(sink, sink, Map.of(), null),
                        new Trigger.Default());
            } catch (PlanException e) {
                found = e.code();
            }
            if (expected.isEmpty() ? !found.isEmpty() : !expected.contains(found)) {
                wrong.add(golden.name() + ": '" + found + "' instead of " + expected);
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }
}
