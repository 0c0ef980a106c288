package org.tailrace.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.expr.Expr;
import org.tailrace.function.GroupFunction;

/**
 * A stateful operator over groups of rows that share a key.
 *
 * @param keyNames names of the key's columns in the child, or empty if {@code keyFunction} makes the key
 * @param key of the key's rows, in order
 * @param state of the state row; its names and types are part of a checkpoint
 * @param output of the rows it makes
 * @param timeout what may wake a key without rows
 * @param mode the output mode that its function promises
 * @param function of groups; not called if there is a processor
 * @param transform a processor with variables and timers instead of the function
 * @param initial rows that a new query starts with
 */
public record StatefulSpec(
        String name,
        List<Expr> keyNames,
        Optional<Function<Row, Object>> keyFunction,
        Schema key,
        Schema state,
        Schema output,
        Timeout timeout,
        Optional<OutputMode> mode,
        boolean map,
        GroupFunction function,
        Optional<TransformSpec> transform,
        Optional<InitialState> initial) {

    /** What may wake a key without rows. */
    public enum Timeout {
        NONE,
        PROCESSING_TIME,
        EVENT_TIME
    }

    /**
     * Rows that the first batch of a new query starts with.
     *
     * @param rows read in that batch
     * @param key of a row
     * @param state of a row, as the function or the processor takes it
     */
    public record InitialState(Supplier<Batch> rows, Function<Row, Row> key, Function<Row, Row> state) {}

    public StatefulSpec {
        keyNames = List.copyOf(keyNames);
    }

    /** A function of groups that starts with nothing. */
    public StatefulSpec(
            String name,
            List<Expr> keyNames,
            Optional<Function<Row, Object>> keyFunction,
            Schema key,
            Schema state,
            Schema output,
            Timeout timeout,
            Optional<OutputMode> mode,
            boolean map,
            GroupFunction function) {
        this(
                name,
                keyNames,
                keyFunction,
                key,
                state,
                output,
                timeout,
                mode,
                map,
                function,
                Optional.empty(),
                Optional.empty());
    }
}
