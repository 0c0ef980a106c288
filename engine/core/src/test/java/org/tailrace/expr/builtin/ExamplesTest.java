package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.IntVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.data.text.ValueText;
import org.tailrace.error.TailraceException;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluators;
import org.tailrace.expr.Function;
import org.tailrace.expr.Typed;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.Resolver;
import org.tailrace.plan.Settings;
import org.tailrace.sql.SqlParser;

/** Runs the example of every function, and compares its type and value with the file beside this test. */
class ExamplesTest {
    private static final EvalContext CONTEXT = EvalContext.of(ZoneOffset.UTC, true);

    @Test
    void the_example_of_every_function_runs_and_gives_what_is_written() throws IOException {
        var actual = new TreeMap<String, String>();
        for (Function function : Functions.table().all()) {
            actual.put(function.name(), function.example() + " => " + run(function.example()));
        }
        String text = actual.entrySet().stream()
                .map(e -> e.getKey() + " | " + e.getValue() + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("tailrace.examples.print")) {
            System.out.print(text);
        }
        assertEquals(expected(), text);
    }

    @Test
    void there_are_enough_functions_and_each_is_documented() {
        List<Function> all = Functions.table().all();
        assertTrue(all.size() >= 250, () -> "only " + all.size());
        for (Function function : all) {
            assertTrue(function.doc().endsWith("."), function::name);
            assertTrue(function.signature().length() > 1, function::name);
        }
    }

    private static String expected() throws IOException {
        try (InputStream in = ExamplesTest.class.getResourceAsStream("examples.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String run(String example) {
        try {
            SqlParser.Parsed<org.tailrace.plan.Plan> parsed = new SqlParser(ZoneOffset.UTC).query("select " + example);
            org.tailrace.plan.Plan plan = parsed.subqueries().isEmpty()
                    ? parsed.tree()
                    : new org.tailrace.plan.Plan.WithSubqueries(parsed.tree(), parsed.subqueries());
            ResolvedPlan resolved = new Resolver(
                            Functions.table(), Settings.DEFAULT, name -> java.util.Optional.empty())
                    .resolve(plan, parsed.positions());
            if (example.contains("group by")) {
                return resolved.schema().toString();
            }
            VectorBatch rows = rows(resolved);
            var out = new StringBuilder();
            for (Vector column : rows.columns) {
                out.append(out.length() > 0 ? ", " : "")
                        .append(column.type.ddl())
                        .append(' ');
                for (int row = 0; row < rows.size; row++) {
                    out.append(row > 0 ? "; " : "");
                    if (column.isNull(row)) {
                        out.append("NULL");
                    } else {
                        ValueText.print(column, row, ZoneOffset.UTC, out);
                    }
                }
            }
            return out.toString();
        } catch (TailraceException e) {
            return e.getMessage();
        }
    }

    private static VectorBatch rows(ResolvedPlan plan) {
        if (plan instanceof ResolvedPlan.Values values) {
            var batch = VectorBatch.create(values.schema());
            batch.view(values.rows(), 0, values.rows().size());
            return batch;
        } else if (plan instanceof ResolvedPlan.Union union) {
            var all = VectorBatch.create(union.schema());
            for (Vector column : all.columns) {
                column.prepare(0);
            }
            for (ResolvedPlan child : union.children()) {
                VectorBatch part = rows(child);
                for (int row = 0; row < part.size; row++) {
                    for (int i = 0; i < all.columns.length; i++) {
                        all.columns[i].append(part.columns[i], row);
                    }
                }
                all.size += part.size;
            }
            return all;
        } else if (plan instanceof ResolvedPlan.Project project) {
            return project(rows(project.child()), project.expressions());
        } else if (plan instanceof ResolvedPlan.Aggregate aggregate) {
            VectorBatch input = rows(aggregate.child());
            return new VectorBatchOf(aggregate.aggregates().stream()
                            .map(call -> {
                                Accumulator accumulator = call.accumulator(CONTEXT);
                                accumulator.ensureGroups(1);
                                accumulator.add(
                                        new int[input.size], project(input, call.arguments()).columns, input.size);
                                Vector result = Vector.create(call.type());
                                accumulator.result(new int[1], 1, result);
                                return result;
                            })
                            .toList())
                    .batch(1);
        } else if (plan instanceof ResolvedPlan.Generate generate) {
            VectorBatch input = rows(generate.child());
            var parents = new IntVector(DataType.INT);
            var columns = new ArrayList<Vector>();
            for (int i = input.columns.length; i < generate.output().size(); i++) {
                columns.add(Vector.create(generate.output().get(i).type()));
            }
            generate.generator()
                    .generate(
                            project(input, generate.arguments()).columns,
                            input.size,
                            generate.outer(),
                            parents,
                            columns.toArray(Vector[]::new));
            var all = new ArrayList<Vector>();
            for (Vector column : input.columns) {
                Vector copy = Vector.create(column.type);
                copy.gather(column, parents.values, parents.size);
                all.add(copy);
            }
            all.addAll(columns);
            return new VectorBatchOf(all).batch(parents.size);
        }
        throw new IllegalStateException(plan.toString());
    }

    private static VectorBatch project(VectorBatch input, List<Typed> expressions) {
        return new VectorBatchOf(expressions.stream()
                        .map(e -> Evaluators.compile(e, CONTEXT).evaluate(input))
                        .toList())
                .batch(input.size);
    }

    private record VectorBatchOf(List<Vector> columns) {
        VectorBatch batch(int size) {
            var batch = new VectorBatch(columns.toArray(Vector[]::new));
            batch.size = size;
            return batch;
        }
    }
}
