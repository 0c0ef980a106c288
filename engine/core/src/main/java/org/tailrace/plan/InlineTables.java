package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.error.DataException;
import org.tailrace.expr.Coercion;
import org.tailrace.expr.Evaluators;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Typed;

/**
 * {@code VALUES}: one relation of constant rows, however many they are. Where a value is not a constant, such as
 * {@code now()} or a subquery, each row is a query without FROM, and the table their union.
 */
final class InlineTables {
    private final Resolution resolution;
    private final Env env;

    InlineTables(Resolution resolution, Env env) {
        this.resolution = resolution;
        this.env = env;
    }

    Relation table(Plan.InlineTable node) {
        int width = node.rows().get(0).size();
        for (List<Expr> row : node.rows()) {
            if (row.size() != width) {
                throw resolution
                        .problems()
                        .error(
                                "TR-114",
                                "a row of " + row.size() + " values among rows of " + width,
                                row.isEmpty() ? node : row.get(0),
                                "give every row as many");
            }
        }
        return constants(node, width).orElseGet(() -> queries(node));
    }

    private Optional<Relation> constants(Plan.InlineTable node, int width) {
        if (node.rows().stream().anyMatch(row -> row.stream().anyMatch(InlineTables::asks))) {
            return Optional.empty();
        }
        Relation nothing = resolution.relation(Plan.ONE_ROW, env);
        var columns = new Columns(resolution, env, nothing);
        List<List<Typed>> rows = node.rows().stream()
                .map(row -> row.stream().map(columns::type).toList())
                .toList();
        if (!rows.stream().allMatch(row -> row.stream().allMatch(TypedTrees::deterministic))) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            fields.add(field(node, rows, i));
        }
        var schema = new Schema(fields);
        var builder = new BatchBuilder(schema);
        var one = VectorBatch.create(nothing.plan().schema());
        one.size = 1;
        try {
            for (List<Typed> row : rows) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    cells.add(value(resolution.typer().coerce(row.get(i), schema.type(i)), one));
                }
                builder.addRow(cells);
            }
        } catch (DataException e) {
            // It fails when it is read, as any other query does.
            return Optional.empty();
        }
        return Optional.of(Relation.of(new ResolvedPlan.Values(builder.build(), Resolution.attributes(schema))));
    }

    private static boolean asks(Expr cell) {
        return Exprs.any(cell, e -> e instanceof Expr.Subquery || e instanceof Expr.Over);
    }

    private Field field(Plan.InlineTable node, List<List<Typed>> rows, int column) {
        DataType type = DataType.VOID;
        boolean nullable = false;
        for (int i = 0; i < rows.size(); i++) {
            Typed cell = rows.get(i).get(column);
            DataType before = type;
            Expr written = node.rows().get(i).get(column);
            type = before.equals(cell.type())
                    ? before
                    : Coercion.common(
                                    before,
                                    cell.type(),
                                    resolution.typer().context().ansi())
                            .orElseThrow(() -> resolution
                                    .problems()
                                    .error(
                                            "TR-114",
                                            "this value is " + cell.type() + ", those above it are " + before,
                                            written,
                                            "cast one of them"));
            nullable |= cell.nullable();
        }
        return new Field("col" + (column + 1), type, nullable);
    }

    private @Nullable Object value(Typed cell, VectorBatch one) {
        return cell instanceof Typed.Constant constant
                ? constant.value()
                : Evaluators.compile(cell, resolution.typer().context())
                        .evaluate(one)
                        .get(0);
    }

    private Relation queries(Plan.InlineTable node) {
        var rows = new ArrayList<Plan>();
        for (List<Expr> row : node.rows()) {
            var outputs = new ArrayList<Expr>();
            for (int i = 0; i < row.size(); i++) {
                outputs.add(resolution.problems().moved(row.get(i), new Expr.Alias(row.get(i), "col" + (i + 1))));
            }
            rows.add(new Plan.Project(Plan.ONE_ROW, outputs));
        }
        return resolution.relation(rows.size() == 1 ? rows.get(0) : new Plan.Union(rows, false, true), env);
    }
}
