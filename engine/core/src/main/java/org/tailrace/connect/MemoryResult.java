package org.tailrace.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.VectorBatch;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;

/**
 * What a memory sink holds, under the query's name: append and update add the batch's rows, complete replaces them, as
 * Spark's memory sink does. So in update mode old versions of a row stay; {@link #latest} has the newest of each key.
 *
 * <p>It holds all rows, and outlives the query: a query that resumes from its checkpoint goes on with it, any other query
 * starts it anew. Any thread may read it.
 */
public final class MemoryResult {
    private static final Schema NOTHING = new Schema(List.of());

    private final String name;

    // All below: guarded by this.
    private String queryId = "";
    private Schema schema = NOTHING;
    private List<Integer> keys = List.of();
    /** Rows of all batches but the last; neighbours of like size are merged, so that there are few blocks. */
    private final List<Batch> settled = new ArrayList<>();
    /** Rows of the last batch, which may come again after a crash. */
    private List<Batch> last = List.of();

    private long lastId = -1;

    public MemoryResult(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public SinkSpec sink() {
        return new SinkSpec("memory", "memory(" + name + ")", Map.of(), this);
    }

    /** The rows as they are when they are read, as a bounded table; the schema is that of now. */
    public synchronized SourceSpec table() {
        return new SourceSpec("memory", "memory(" + name + ")", schema, false, Map.of(), Optional.empty(), this);
    }

    public synchronized Schema schema() {
        return schema;
    }

    /** The last batch that is in, −1 before the first. */
    public synchronized long lastBatchId() {
        return lastId;
    }

    /** All rows in the order in which they came. */
    public Batch rows() {
        return concat(schema(), blocks());
    }

    synchronized List<Batch> blocks() {
        var all = new ArrayList<>(settled);
        all.addAll(last);
        return all;
    }

    /** The newest row of each key, in the order in which the keys first came; all rows if there is no key. */
    public Batch latest() {
        List<Integer> key;
        Schema now;
        List<Batch> blocks;
        synchronized (this) {
            key = keys;
            now = schema;
            blocks = blocks();
        }
        if (key.isEmpty()) {
            return concat(now, blocks);
        }
        var newest = new LinkedHashMap<List<@Nullable Object>, Row>();
        for (Batch block : blocks) {
            for (Row row : block.rows()) {
                List<@Nullable Object> values = new ArrayList<>();
                key.forEach(i -> values.add(row.get(i)));
                newest.put(values, row);
            }
        }
        return Batch.of(now, List.copyOf(newest.values()));
    }

    synchronized void open(String query, Schema rows, List<Integer> upsertKeys) {
        if (!query.equals(queryId) || !rows.equals(schema)) {
            settled.clear();
            last = List.of();
            lastId = -1;
        }
        queryId = query;
        schema = rows;
        keys = List.copyOf(upsertKeys);
    }

    synchronized OptionalLong lastCommitted() {
        return lastId < 0 ? OptionalLong.empty() : OptionalLong.of(lastId);
    }

    synchronized void put(long batchId, OutputMode mode, List<Batch> rows) {
        if (batchId < lastId) {
            return;
        }
        if (mode == OutputMode.COMPLETE) {
            settled.clear();
        } else if (batchId > lastId) {
            last.forEach(this::settle);
        }
        last = List.copyOf(rows);
        lastId = batchId;
    }

    private void settle(Batch rows) {
        Batch block = rows;
        while (!settled.isEmpty() && settled.get(settled.size() - 1).size() <= 2L * block.size()) {
            block = concat(schema, List.of(settled.remove(settled.size() - 1), block));
        }
        if (block.size() > 0) {
            settled.add(block);
        }
    }

    static Batch concat(Schema schema, List<Batch> blocks) {
        if (blocks.size() == 1) {
            return new Batch(schema, blocks.get(0).size(), blocks.get(0).columns());
        }
        var builder = new BatchBuilder(schema);
        var view = VectorBatch.create(schema);
        for (Batch block : blocks) {
            view.view(block, 0, block.size());
            for (int row = 0; row < block.size(); row++) {
                builder.addRow(view, row);
            }
        }
        return builder.build();
    }
}
