package org.tailrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tailrace.data.DataType;
import org.tailrace.expr.Accumulator;
import org.tailrace.expr.AggregateFunction;
import org.tailrace.expr.EvalContext;
import org.tailrace.expr.Function;
import org.tailrace.expr.FunctionTable;
import org.tailrace.expr.Typed;
import org.tailrace.expr.builtin.Functions;

/** The built-in functions, with aggregates that have types only where the table has none of that name. */
final class TestFunctions {
    private TestFunctions() {}

    static FunctionTable table() {
        var all = new ArrayList<Function>(Functions.table().all());
        add(all, "count", false, type -> DataType.BIGINT);
        add(all, "sum", true, type -> type.isFractional() ? DataType.DOUBLE : DataType.BIGINT);
        add(all, "avg", true, type -> DataType.DOUBLE);
        add(all, "max", true, type -> type);
        add(all, "min", true, type -> type);
        add(all, "first", true, type -> type);
        add(all, "last", true, type -> type);
        return new FunctionTable(all);
    }

    private static void add(List<Function> all, String name, boolean nullable, UnaryOperator<DataType> result) {
        if (Functions.table().find(name).isEmpty()) {
            all.add(new Aggregate(name, nullable, result));
        }
    }

    private record Aggregate(String name, boolean nullable, UnaryOperator<DataType> type) implements AggregateFunction {
        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public String signature() {
            return name + "(x)";
        }

        @Override
        public String doc() {
            return "";
        }

        @Override
        public String example() {
            return "";
        }

        @Override
        public Signature resolve(List<Typed> arguments, EvalContext context) {
            DataType argument = arguments.get(0).type();
            return new Signature(List.of(argument), type.apply(argument), nullable);
        }

        @Override
        public Accumulator create(List<Typed> arguments, DataType result, EvalContext context) {
            throw new IllegalStateException("has types only");
        }
    }
}
