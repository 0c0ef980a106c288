package org.tailrace.plan;

import java.util.List;
import java.util.Optional;
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
 */
public record StatefulSpec(
        String name,
        List<Expr> keyNames,
        Optional<java.util.function.Function<Row, Object>> keyFunction,
        Schema key,
        Schema state,
        Schema output,
        Timeout timeout,
        Optional<OutputMode> mode,
        boolean map,
        GroupFunction function) {

    /** What may wake a key without rows. */
    public enum Timeout {
        NONE,
        PROCESSING_TIME,
        EVENT_TIME
    }

    public StatefulSpec {
        keyNames = List.copyOf(keyNames);
    }
}
