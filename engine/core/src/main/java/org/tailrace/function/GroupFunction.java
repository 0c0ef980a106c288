package org.tailrace.function;

import java.io.Serializable;
import java.util.Iterator;
import org.tailrace.data.Row;

/** The general keyed-state function, over rows; the typed verbs of the DSL wrap records around it. */
@FunctionalInterface
public interface GroupFunction extends Serializable {

    /**
     * Called once per key with rows in the batch, in order of the key's first row, and once for a key whose timeout fired
     * (then {@code rows} is empty and {@code state.timedOut()}).
     */
    void apply(Row key, Iterator<Row> rows, GroupState<Row> state, Emitter<Row> out) throws Exception;
}
