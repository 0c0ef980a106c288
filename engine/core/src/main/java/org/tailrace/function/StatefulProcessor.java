package org.tailrace.function;

import java.io.Serializable;
import java.util.Iterator;

/**
 * Keyed state with several variables and timers: made anew for each start of a query, one for all keys. The variables that
 * {@link #init} declares are those of the key that a call is about, and may be used in calls only.
 *
 * <pre>{@code
 * class Silence extends StatefulProcessor<String, Trade, Quiet> {
 *     ValueState<Instant> last;
 *
 *     public void init(StateHandle state) {
 *         last = state.value("last", Instant.class);
 *     }
 *
 *     public void handleInputRows(String symbol, Iterator<Trade> rows, Timers timers, Emitter<Quiet> out) {
 *         rows.forEachRemaining(t -> last.set(t.ts()));
 *         timers.register(last.get().get().plusSeconds(300));
 *     }
 *
 *     public void handleExpiredTimer(String symbol, long timeMs, Timers timers, Emitter<Quiet> out) {
 *         if (last.get().get().plusSeconds(300).toEpochMilli() <= timeMs) out.emit(new Quiet(symbol, last.get().get()));
 *     }
 * }
 * }</pre>
 *
 * <p>If a call throws and the query goes on, what it changed and emitted is taken back.
 *
 * @param <K> the key
 * @param <T> the row, a record
 * @param <R> what it emits, a record
 */
public abstract class StatefulProcessor<K, T, R> implements Serializable {
    private static final long serialVersionUID = 1;

    /** Declares the variables, before any row. */
    public abstract void init(StateHandle state) throws Exception;

    /** Called once for each key with rows in the batch. */
    public abstract void handleInputRows(K key, Iterator<T> rows, Timers timers, Emitter<R> out) throws Exception;

    /** Called for a timer that has come. */
    public void handleExpiredTimer(K key, long timeMs, Timers timers, Emitter<R> out) throws Exception {}

    /** Called when the query ends. */
    public void close() throws Exception {}
}
