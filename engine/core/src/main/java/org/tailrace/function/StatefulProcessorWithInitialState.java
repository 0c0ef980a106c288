package org.tailrace.function;

/**
 * A processor that starts with rows of a bounded table.
 *
 * @param <I> the row of that table, a record
 */
public abstract class StatefulProcessorWithInitialState<K, T, R, I> extends StatefulProcessor<K, T, R> {
    private static final long serialVersionUID = 1;

    /** Called for each row of the initial state, in the query's first batch, before that batch's rows. */
    public abstract void handleInitialState(K key, I initial, Timers timers) throws Exception;
}
