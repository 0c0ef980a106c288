package org.tailrace.state;

import java.io.IOException;
import java.util.function.Consumer;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;

/**
 * The changes of one operator's state, by version: version N is the state after batch N. The operator owns the live
 * state; this is what it is rebuilt from. Never reads live arrays.
 */
public interface StateLog {

    /** Columns of a state row; the first {@code keyColumns} identify it. */
    record Layout(String operator, Schema row, int keyColumns) {}

    /**
     * Hands on the rows of the state after batch {@code version}, some thousands at a time, in the order in which they
     * were first written.
     */
    void load(long version, Consumer<Batch> rows) throws IOException;

    /** Records what batch {@code version} changed. {@code removed} holds key columns only. */
    void commit(long version, Batch upserts, Batch removed) throws IOException;
}
