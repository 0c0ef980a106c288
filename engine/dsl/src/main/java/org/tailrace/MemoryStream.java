package org.tailrace;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.tailrace.connect.MemoryTable;
import org.tailrace.data.Row;
import org.tailrace.plan.Plan;
import org.tailrace.plan.ResolvedPlan;

/**
 * A table that a program adds rows to: for learning and tests. Keeps all its rows. Rows may be added from any thread; what
 * one call adds arrives together.
 *
 * @param <T> a record, or {@link Row}
 */
public final class MemoryStream<T> extends StreamTable {
    private final MemoryTable memory;
    private final Function<T, Row> binding;

    MemoryStream(Tailrace session, Plan plan, ResolvedPlan resolved, MemoryTable memory, Function<T, Row> binding) {
        super(session, plan, resolved);
        this.memory = memory;
        this.binding = binding;
    }

    MemoryTable memory() {
        return memory;
    }

    /** Adds rows: a row with too few or wrong values is refused and nothing is added. */
    @SafeVarargs
    public final MemoryStream<T> add(T... rows) {
        return addAll(Arrays.asList(rows));
    }

    public MemoryStream<T> addAll(List<? extends T> rows) {
        memory.add(rows.stream().map(binding).toList());
        return this;
    }

    /** Adds one row by its values, in order of the columns; null is NULL. */
    public MemoryStream<T> addRow(Object... values) {
        memory.add(List.of(new Row(schema(), Arrays.asList(values))));
        return this;
    }
}
