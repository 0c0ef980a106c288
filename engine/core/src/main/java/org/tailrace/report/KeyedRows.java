package org.tailrace.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.data.Values;

/**
 * The rows of an UPSERT or a REPLACE, in order: windows by end, then as first seen.
 *
 * <p>An UPSERT finds its row by key; a REPLACE starts anew, in the order of its batch, and finds its row of the batch
 * before by key, for the difference; rows that share a key there are told apart by their number. What the last batch did to a row follows from the batch ids in it, so no row is visited to tidy up.
 */
final class KeyedRows implements FoldedRows {
    private static final Comparator<Kept> ORDER =
            Comparator.<Kept>comparingLong(kept -> kept.windowEnd).thenComparingLong(kept -> kept.sequence);

    private static final class Kept {
        final Object key;
        final long windowEnd;
        final long sequence;
        final long firstBatch;
        Row row;

        @Nullable
        Row before;

        long lastChange;

        Kept(Object key, long windowEnd, long sequence, long batch, Row row) {
            this.key = key;
            this.windowEnd = windowEnd;
            this.sequence = sequence;
            this.firstBatch = batch;
            this.row = row;
            this.lastChange = batch;
        }
    }

    private final boolean replace;
    private final QueryInfo.Roles roles;
    private final NavigableSet<Kept> order = new TreeSet<>(ORDER);
    private final Map<Object, Kept> byKey = new HashMap<>();
    private final Map<Object, Integer> occurrences = new HashMap<>();
    private Map<Object, Kept> replaced = Map.of();
    private long sequence;
    private long batchId = -1;
    private long closedBelowMicros = Long.MIN_VALUE;
    private long changed;
    private long added;

    KeyedRows(boolean replace, QueryInfo.Roles roles) {
        this.replace = replace;
        this.roles = roles;
    }

    @Override
    public void begin(long batch, OptionalLong watermarkMs, boolean overflow) {
        batchId = batch;
        closedBelowMicros = watermarkMs.isPresent() ? watermarkMs.getAsLong() * 1000 : Long.MIN_VALUE;
        changed = 0;
        added = 0;
        if (replace) {
            replaced = new HashMap<>(byKey);
        }
        if (replace || overflow) {
            byKey.clear();
            order.clear();
        }
    }

    @Override
    public void put(Batch batch, int from) {
        for (int i = from; i < batch.size(); i++) {
            Row row = batch.row(i);
            Object key = key(row);
            if (replace) {
                int earlier = occurrences.merge(key, 1, Integer::sum) - 1;
                Object unique = earlier == 0 ? key : List.of(key, earlier);
                byKey.put(unique, insert(unique, Long.MIN_VALUE, row, replaced.get(unique)));
            } else {
                Kept kept = byKey.get(key);
                if (kept == null) {
                    byKey.put(key, insert(key, windowEnd(row), row, null));
                } else {
                    update(kept, row);
                }
            }
        }
    }

    private Kept insert(Object key, long end, Row row, @Nullable Kept old) {
        var kept = new Kept(key, end, sequence++, old == null ? batchId : old.firstBatch, row);
        if (old == null) {
            added++;
        } else {
            kept.row = old.row;
            kept.lastChange = old.lastChange;
            update(kept, row);
        }
        order.add(kept);
        return kept;
    }

    private void update(Kept kept, Row row) {
        if (!kept.row.values().equals(row.values())) {
            if (kept.lastChange != batchId) {
                kept.before = kept.row;
                changed++;
            }
            kept.row = row;
            kept.lastChange = batchId;
        }
    }

    @Override
    public void end(int limit) {
        replaced = Map.of();
        occurrences.clear();
        while (order.size() > limit) {
            Kept oldest = order.pollFirst();
            if (oldest != null) {
                byKey.remove(oldest.key);
            }
        }
    }

    private Object key(Row row) {
        List<@Nullable Object> key = new ArrayList<>(roles.keys().size() + 1);
        for (int ordinal : new int[] {roles.window(), roles.windowStart(), roles.windowEnd()}) {
            if (ordinal >= 0) {
                key.add(row.get(ordinal));
            }
        }
        for (int ordinal : roles.keys()) {
            Object value = row.get(ordinal);
            key.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
        }
        return key;
    }

    private long windowEnd(Row row) {
        Object end = null;
        if (roles.windowEnd() >= 0) {
            end = row.get(roles.windowEnd());
        } else if (roles.window() >= 0 && row.get(roles.window()) instanceof Row window) {
            end = window.get(1);
        }
        return end instanceof Instant instant ? Values.micros(instant) : Long.MIN_VALUE;
    }

    @Override
    public long size() {
        return order.size();
    }

    @Override
    public long changed() {
        return changed;
    }

    @Override
    public long added() {
        return added;
    }

    @Override
    public List<ResultSnapshot.Entry> entries(int limit, boolean first) {
        int count = (int) Math.max(0, Math.min(limit, order.size()));
        var entries = new ResultSnapshot.Entry[count];
        var rows = first ? order.iterator() : order.descendingIterator();
        for (int i = 0; i < count; i++) {
            entries[first ? i : count - 1 - i] = entry(rows.next());
        }
        return List.of(entries);
    }

    private ResultSnapshot.Entry entry(Kept kept) {
        boolean touched = kept.lastChange == batchId;
        boolean fresh = kept.firstBatch == batchId;
        boolean closed = kept.windowEnd != Long.MIN_VALUE && kept.windowEnd <= closedBelowMicros;
        return new ResultSnapshot.Entry(
                kept.row, touched && !fresh ? kept.before : null, kept.lastChange, fresh, closed);
    }
}
