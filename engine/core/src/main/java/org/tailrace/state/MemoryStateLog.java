package org.tailrace.state;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.tailrace.data.Batch;

/** A state log in memory, for queries without a checkpoint whose state someone wants to look back into, and for tests. */
public final class MemoryStateLog implements StateLog {
    private record Change(Batch upserts, Batch removed) {}

    private final Layout layout;
    private final NavigableMap<Long, Change> changes = new TreeMap<>();

    public MemoryStateLog(Layout layout) {
        this.layout = layout;
    }

    @Override
    public synchronized List<Batch> load(long version) {
        var fold = new StateFold(layout);
        for (Map.Entry<Long, Change> entry : changes.headMap(version, true).entrySet()) {
            fold.remove(entry.getValue().removed);
            fold.upsert(entry.getValue().upserts);
        }
        return fold.batches().toList();
    }

    @Override
    public synchronized void commit(long version, Batch upserts, Batch removed) {
        changes.put(version, new Change(upserts, removed));
    }
}
