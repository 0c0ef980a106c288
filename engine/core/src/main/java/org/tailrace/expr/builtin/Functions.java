package org.tailrace.expr.builtin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tailrace.expr.Function;
import org.tailrace.expr.FunctionTable;

/** The one table of built-in functions. */
public final class Functions {
    private static final FunctionTable TABLE = new FunctionTable(all());

    private Functions() {}

    public static FunctionTable table() {
        return TABLE;
    }

    private static List<Function> all() {
        var all = new ArrayList<Function>();
        all.addAll(List.of(
                Comparison.EQUAL,
                Comparison.SAME,
                Comparison.LESS,
                Comparison.LESS_OR_EQUAL,
                Comparison.GREATER,
                Comparison.GREATER_OR_EQUAL,
                Logic.AND,
                Logic.OR,
                new Not(),
                NullTest.IS_NULL,
                NullTest.IS_NOT_NULL,
                new In(),
                new Between(),
                Coalesce.COALESCE,
                Coalesce.NVL,
                Conditional.IF,
                Conditional.NVL2,
                Conditional.NULLIF,
                Division.DIVIDE,
                Division.TRY_DIVIDE));
        for (Collection<? extends Function> family : List.of(
                Arithmetic.ALL,
                Remainder.ALL,
                Access.ALL,
                Aggregates.all(),
                TextFunctions.all(),
                PatternFunctions.all(),
                CodeFunctions.all(),
                MathFunctions.all(),
                TimeFunctions.all(),
                JsonFunctions.all(),
                ArrayFunctions.all(),
                MapFunctions.all(),
                Lambdas.ALL,
                Generators.ALL,
                List.of(MakeStruct.NAMED, MakeStruct.PLAIN, Miscellany.RAISE, Miscellany.ASSERT, Miscellany.TYPE),
                List.of(Concat.CONCAT, Concat.CONCAT_WS))) {
            all.addAll(family);
        }
        return all;
    }
}
