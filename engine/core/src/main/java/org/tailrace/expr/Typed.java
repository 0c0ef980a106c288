package org.tailrace.expr;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;

/** An expression whose names are ordinals and whose types are known: what {@code Typer} makes and {@code Evaluator} runs. */
public sealed interface Typed {
    DataType type();

    boolean nullable();

    record Constant(@Nullable Object value, DataType type) implements Typed {
        @Override
        public boolean nullable() {
            return value == null;
        }
    }

    /** Column {@code ordinal} of the input. */
    record Input(int ordinal, DataType type, boolean nullable) implements Typed {}

    /** Parameter {@code index} of the enclosing lambda {@code depth} levels out. */
    record Parameter(int depth, int index, DataType type, boolean nullable) implements Typed {}

    /** A scalar function over arguments that have exactly the types that it was bound to. */
    record Apply(ScalarFunction function, List<Typed> arguments, DataType type, boolean nullable) implements Typed {
        public Apply {
            arguments = List.copyOf(arguments);
        }
    }

    /** @param attempt NULL instead of an error */
    record Cast(Typed child, DataType type, boolean attempt, boolean nullable) implements Typed {}

    /** Branches are tried in order, for each row only as far as needed; values all have the type of the whole. */
    record Case(List<When> branches, Optional<Typed> otherwise, DataType type, boolean nullable) implements Typed {
        public record When(Typed condition, Typed value) {}

        public Case {
            branches = List.copyOf(branches);
        }
    }

    /** An argument of a higher-order function. */
    record Lambda(int parameters, Typed body) implements Typed {
        @Override
        public DataType type() {
            return body.type();
        }

        @Override
        public boolean nullable() {
            return body.nullable();
        }
    }
}
