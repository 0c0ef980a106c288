package org.tailrace.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.state.StateLog;

/** A state log in memory that replays its changes. */
final class MemoryLog implements StateLog {
    private record Change(long version, List<Row> upserts, List<Row> removed) {}

    private final Layout layout;
    private final List<Change> changes = new ArrayList<>();

    MemoryLog(Layout layout) {
        this.layout = layout;
    }

    @Override
    public void load(long version, Consumer<Batch> to) {
        Map<List<Object>, Row> rows = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.version() <= version) {
                change.removed().forEach(row -> rows.remove(new ArrayList<>(row.values())));
                change.upserts().forEach(row -> rows.put(key(row), row));
            }
        }
        to.accept(Batch.of(layout.row(), List.copyOf(rows.values())));
    }

    private List<Object> key(Row row) {
        return new ArrayList<>(row.values().subList(0, layout.keyColumns()));
    }

    @Override
    public void commit(long version, Batch upserts, Batch removed) {
        changes.removeIf(c -> c.version() >= version);
        changes.add(new Change(version, upserts.rows(), removed.rows()));
    }
}
