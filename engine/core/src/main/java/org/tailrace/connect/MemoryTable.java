package org.tailrace.connect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.DataException;
import org.tailrace.error.Problem;
import org.tailrace.error.SourceException;
import org.tailrace.plan.SourceSpec;

/**
 * A table that a program fills by hand, for learning and tests. Every {@code add} makes one block, which a batch reads
 * whole; an empty block is data too and makes a batch run. Any thread may add; any number of queries may read, each from
 * the first block on.
 *
 * <p>It keeps all its rows, so that they can be shown and a new query can read them from the start; a table made by
 * {@link #forgetting} drops a block once every query that reads it has committed it.
 */
public final class MemoryTable {
    private final String name;
    private final Schema schema;
    private final boolean forgets;

    // All below: guarded by this.
    private final List<Batch> blocks = new ArrayList<>();
    private long forgotten;
    private final Map<Object, Long> committed = new HashMap<>();
    private final Map<Object, Runnable> wakes = new HashMap<>();
    private @Nullable String closed;

    private MemoryTable(String name, Schema schema, boolean forgets) {
        this.name = name;
        this.schema = schema;
        this.forgets = forgets;
    }

    public static MemoryTable keeping(String name, Schema schema) {
        return new MemoryTable(name, schema, false);
    }

    public static MemoryTable forgetting(String name, Schema schema) {
        return new MemoryTable(name, schema, true);
    }

    public String name() {
        return name;
    }

    public Schema schema() {
        return schema;
    }

    /** What a plan says of this table: a stream of its blocks, or, bounded, the rows that it holds when it is read. */
    public SourceSpec spec(boolean streaming) {
        return new SourceSpec("memory", "memory(" + name + ")", schema, streaming, Map.of(), Optional.empty(), this);
    }

    /**
     * Adds one block.
     *
     * @throws DataException TR-411 if a row has other columns than the table, or a value of another type
     */
    public void add(List<Row> rows) {
        var builder = new BatchBuilder(schema);
        for (Row row : rows) {
            append(builder, row);
        }
        add(builder.build());
    }

    private void append(BatchBuilder builder, Row row) {
        if (row.values().size() != schema.size()) {
            throw mismatch(row.values().size() + " values for " + schema.size() + " columns", null);
        }
        for (int i = 0; i < schema.size(); i++) {
            Object value = row.get(i);
            try {
                builder.vector(i).appendValue(value);
            } catch (ClassCastException | ArithmeticException e) {
                throw mismatch("column '" + schema.name(i) + "' is " + schema.type(i) + " and cannot hold " + value, e);
            }
        }
    }

    /** Adds one block. */
    public void add(Batch rows) {
        for (int i = 0; i < schema.size(); i++) {
            if (rows.schema().size() != schema.size() || !rows.schema().type(i).equals(schema.type(i))) {
                throw mismatch("the rows have other columns: " + rows.schema(), null);
            }
        }
        List<Runnable> wake;
        synchronized (this) {
            if (closed != null) {
                throw gone(closed);
            }
            blocks.add(new Batch(schema, rows.size(), rows.columns()));
            wake = List.copyOf(wakes.values());
        }
        wake.forEach(Runnable::run);
    }

    private DataException mismatch(String what, @Nullable Throwable cause) {
        return new DataException(
                Problem.of("TR-411", "memory table '" + name + "' cannot take this row: " + what)
                        .have(schema.toString()),
                cause);
    }

    /** Ends the table: adding fails from now on, and so do the queries that read it, with this reason. */
    public void close(String why) {
        List<Runnable> wake;
        synchronized (this) {
            closed = why;
            wake = List.copyOf(wakes.values());
        }
        wake.forEach(Runnable::run);
    }

    private SourceException gone(String why) {
        return new SourceException(
                Problem.of("TR-412", "memory table '" + name + "' has ended").because(why));
    }

    /** The rows that are held now, block after block. */
    public synchronized List<Batch> held() {
        return List.copyOf(blocks);
    }

    /** How many blocks have been added. */
    public synchronized long blocks() {
        return forgotten + blocks.size();
    }

    /** As {@link #blocks}, for a reader: fails if the table has ended. */
    synchronized long available() {
        if (closed != null) {
            throw gone(closed);
        }
        return blocks();
    }

    /** Blocks {@code from} to {@code to}; fails if this table does not hold them. */
    synchronized List<Batch> read(long from, long to) {
        if (from < forgotten || to > blocks()) {
            throw new SourceException(Problem.of(
                            "TR-413", "memory table '" + name + "' does not hold blocks " + from + " to " + to)
                    .have("blocks " + forgotten + " to " + blocks())
                    .because("a memory table lives as long as its process and cannot give rows of an earlier one"));
        }
        return List.copyOf(blocks.subList((int) (from - forgotten), (int) (to - forgotten)));
    }

    synchronized void enter(Object reader, Runnable wake) {
        committed.putIfAbsent(reader, forgotten);
        wakes.put(reader, wake);
    }

    synchronized void leave(Object reader) {
        committed.remove(reader);
        wakes.remove(reader);
    }

    synchronized void commit(Object reader, long to) {
        committed.merge(reader, to, Math::max);
        long done = committed.values().stream().mapToLong(Long::longValue).min().orElse(forgotten);
        if (forgets && done > forgotten) {
            blocks.subList(0, (int) (done - forgotten)).clear();
            forgotten = done;
        }
    }
}
