package org.tailrace.expr.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.data.text.DdlParser;
import org.tailrace.error.DataException;
import org.tailrace.error.PlanException;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Evaluator;
import org.tailrace.expr.Evaluators;
import org.tailrace.expr.Expr;
import org.tailrace.expr.Positions;
import org.tailrace.expr.Scope;
import org.tailrace.expr.Typed;
import org.tailrace.expr.Typer;

class EvaluationTest {
    private static final Schema SCHEMA =
            DdlParser.schema("i int, l bigint, d decimal(10,2), x double, s string, xs array<int>, b boolean");
    private static final EvalContext ANSI = EvalContext.of(ZoneOffset.UTC, true);
    private static final EvalContext LOOSE = EvalContext.of(ZoneOffset.UTC, false);

    private static Expr ref(String name) {
        return new Expr.Ref(name);
    }

    private static Expr lit(Object value) {
        DataType type = value instanceof Integer
                ? DataType.INT
                : value instanceof String
                        ? DataType.STRING
                        : value instanceof Double
                                ? DataType.DOUBLE
                                : value instanceof BigDecimal number
                                        ? new DataType.Decimal(number.precision(), number.scale())
                                        : DataType.BOOLEAN;
        return new Expr.Literal(value, type);
    }

    private static Expr call(String name, Expr... arguments) {
        return new Expr.Call(name, arguments);
    }

    private static Typed type(Expr expr, EvalContext context) {
        return new Typer(Functions.table(), context, new Positions()).type(expr, Scope.of(SCHEMA));
    }

    private static Batch rows(Object... flat) {
        var builder = new BatchBuilder(SCHEMA);
        for (int i = 0; i < flat.length; i += SCHEMA.size()) {
            builder.addRow(Arrays.asList(flat).subList(i, i + SCHEMA.size()));
        }
        return builder.build();
    }

    private static List<@Nullable Object> eval(Expr expr, EvalContext context, Batch rows) {
        Evaluator evaluator = Evaluators.compile(type(expr, context), context);
        var batch = VectorBatch.create(SCHEMA);
        batch.view(rows, 0, rows.size());
        Vector result = evaluator.evaluate(batch);
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < rows.size(); i++) {
            values.add(result.get(i));
        }
        return values;
    }

    private static final Batch ROWS = rows(
            7,
            21L,
            new BigDecimal("1.50"),
            0.5,
            "abc",
            List.of(1, 2),
            true,
            -7,
            3L,
            new BigDecimal("-2.25"),
            2.0,
            null,
            Arrays.asList(5, null),
            false,
            null,
            null,
            null,
            null,
            "",
            List.of(),
            null);

    @Test
    void types_of_arithmetic_are_those_of_spark() {
        assertEquals("double", type(call("/", ref("i"), lit(2)), ANSI).type().ddl());
        assertEquals("bigint", type(call("div", ref("i"), lit(2)), ANSI).type().ddl());
        assertEquals(
                "decimal(13,1)",
                type(call("*", ref("i"), lit(new BigDecimal("1.5"))), ANSI)
                        .type()
                        .ddl());
        assertEquals(
                "decimal(11,2)", type(call("+", ref("d"), lit(1)), ANSI).type().ddl());
        assertEquals(
                "decimal(21,4)",
                type(call("*", ref("d"), ref("d")), ANSI).type().ddl());
        assertEquals(
                "decimal(14,6)", type(call("/", ref("d"), lit(3)), ANSI).type().ddl());
        assertEquals(
                "decimal(3,2)", type(call("%", ref("d"), lit(2)), ANSI).type().ddl());
        assertEquals("double", type(call("*", ref("d"), ref("x")), ANSI).type().ddl());
    }

    @Test
    void arithmetic_of_whole_numbers_and_decimals() {
        assertEquals(Arrays.asList(8, -6, null), eval(call("+", ref("i"), lit(1)), ANSI, ROWS));
        assertEquals(Arrays.asList(28L, -4L, null), eval(call("+", ref("i"), ref("l")), ANSI, ROWS));
        assertEquals(Arrays.asList(3.5, -3.5, null), eval(call("/", ref("i"), lit(2)), ANSI, ROWS));
        assertEquals(
                Arrays.asList(new BigDecimal("2.2500"), new BigDecimal("5.0625"), null),
                eval(call("*", ref("d"), ref("d")), ANSI, ROWS));
        assertEquals(
                Arrays.asList(new BigDecimal("0.500000"), new BigDecimal("-0.750000"), null),
                eval(call("/", ref("d"), lit(3)), ANSI, ROWS));
        assertEquals(Arrays.asList(1, 2, null), eval(call("pmod", ref("i"), lit(3)), ANSI, ROWS));
    }

    @Test
    void overflow_is_an_error_or_wraps_or_is_null() {
        Expr big = call("*", ref("i"), lit(400_000_000));
        assertEquals(
                "TR-302",
                assertThrows(DataException.class, () -> eval(big, ANSI, ROWS)).code());
        assertEquals(Arrays.asList(-1494967296, 1494967296, null), eval(big, LOOSE, ROWS));
        assertEquals(
                Arrays.asList(null, null, null), eval(call("try_multiply", ref("i"), lit(400_000_000)), ANSI, ROWS));
    }

    @Test
    void a_guarded_division_does_not_fail() {
        Expr guarded = call(
                "and",
                call("not", call("=", ref("i"), lit(7))),
                call(">", call("/", lit(1), call("-", ref("i"), lit(7))), lit(new BigDecimal("-1"))));
        assertEquals(Arrays.asList(false, true, null), eval(guarded, ANSI, ROWS));
        Expr cases = new Expr.Case(
                List.of(new Expr.Case.When(call("=", ref("i"), lit(7)), lit(0))),
                Optional.of(call("div", lit(14), call("-", ref("i"), lit(7)))));
        assertEquals(Arrays.asList(0L, -1L, null), eval(cases, ANSI, ROWS));
        assertThrows(DataException.class, () -> eval(call("/", lit(1), call("-", ref("i"), lit(7))), ANSI, ROWS));
    }

    @Test
    void three_valued_logic_and_membership() {
        assertEquals(
                Arrays.asList(true, false, null), eval(call("and", ref("b"), call("<", ref("i"), lit(9))), ANSI, ROWS));
        assertEquals(
                Arrays.asList(true, true, true),
                eval(
                        call("or", ref("b"), call("or", call("=", ref("l"), lit(3)), call("is null", ref("i")))),
                        ANSI,
                        ROWS));
        assertEquals(
                Arrays.asList(true, null, null),
                eval(call("in", ref("i"), lit(7), new Expr.Literal(null, DataType.VOID)), ANSI, ROWS));
        assertEquals(Arrays.asList(true, false, null), eval(call("between", ref("i"), lit(0), lit(7)), ANSI, ROWS));
        assertEquals(
                Arrays.asList(false, true, false),
                eval(call("<=>", ref("s"), new Expr.Literal(null, DataType.STRING)), ANSI, ROWS));
        assertEquals(Arrays.asList("abc", "none", ""), eval(call("coalesce", ref("s"), lit("none")), ANSI, ROWS));
    }

    @Test
    void elements_and_casts() {
        assertEquals(Arrays.asList(1, 5, null), eval(call("get", ref("xs"), lit(0)), ANSI, ROWS));
        assertEquals(
                "TR-304",
                assertThrows(DataException.class, () -> eval(call("[]", ref("xs"), lit(0)), ANSI, ROWS))
                        .code());
        assertEquals(
                Arrays.asList("[1, 2]", "[5, null]", "[]"),
                eval(new Expr.Cast(ref("xs"), DataType.STRING, false), ANSI, ROWS));
        assertEquals(
                Arrays.asList("1.50", "-2.25", null),
                eval(new Expr.Cast(ref("d"), DataType.STRING, false), ANSI, ROWS));
        assertEquals(Arrays.asList(null, null, null), eval(new Expr.Cast(ref("s"), DataType.INT, true), ANSI, ROWS));
        assertEquals(
                "TR-303",
                assertThrows(DataException.class, () -> eval(new Expr.Cast(ref("s"), DataType.INT, false), ANSI, ROWS))
                        .code());
        assertEquals(
                Arrays.asList(List.of("1", "2"), Arrays.asList("5", null), List.of()),
                eval(new Expr.Cast(ref("xs"), DdlParser.type("array<string>"), false), ANSI, ROWS));
    }

    @Test
    void errors_have_codes() {
        assertEquals(
                "TR-101",
                assertThrows(PlanException.class, () -> type(ref("ii"), ANSI)).code());
        assertEquals(
                "TR-102",
                assertThrows(PlanException.class, () -> type(call("+", ref("xs"), lit(1)), ANSI))
                        .code());
        assertEquals(
                "TR-103",
                assertThrows(PlanException.class, () -> type(call("coalese", ref("s")), ANSI))
                        .code());
        assertEquals(
                "TR-104",
                assertThrows(PlanException.class, () -> type(call("nvl", ref("s")), ANSI))
                        .code());
        assertEquals(
                "TR-105",
                assertThrows(PlanException.class, () -> type(new Expr.Cast(ref("i"), DataType.DATE, false), ANSI))
                        .code());
    }
}
