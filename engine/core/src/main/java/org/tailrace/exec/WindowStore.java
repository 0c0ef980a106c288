package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.VectorBatch;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.state.StateLog;

/**
 * Groups by tumbling or sliding windows: one table per window, so that a window leaves by dropping its table.
 *
 * <pre>
 *   start  12:00 ─ table: a → 0, b → 1 …      window.end &lt;= watermark: table dropped, rows for it late
 *          12:10 ─ table: b → 0 …
 * </pre>
 *
 * <p>If all rows of a vector are in the same windows they are added as they are; otherwise each window gets a bucket of
 * its rows, in their order, so that nothing depends on where vectors end. Parts of a large batch group overlapping windows
 * by slices first ({@link SliceRuns}).
 */
final class WindowStore extends GroupStore {
    private static final int CLOSED_KEPT = 50;
    private static final int OPEN_SHOWN = 150;

    private static final class Window {
        final long start;
        final GroupTable table;
        long rows;
        long rowsBefore;
        long openedMs;
        boolean touched;

        Window(long start, GroupTable table, long openedMs) {
            this.start = start;
            this.table = table;
            this.openedMs = openedMs;
        }
    }

    private final GroupShape shape;
    private final List<String> names;
    private final TimeText text;
    private final long size;
    private final long slide;
    private final long offset;

    private final TreeMap<Long, Window> open = new TreeMap<>();
    private final List<Window> touched = new ArrayList<>();
    private final List<Window> gone = new ArrayList<>();
    private final List<Window> fresh = new ArrayList<>();
    private final ArrayDeque<WindowSummary> closed = new ArrayDeque<>();

    private final LateGroups lateGroups;
    private final RowBuckets buckets = new RowBuckets();
    private final AggregateRows part;
    private long[] latest = new long[0];
    /** Groups that a part of a batch has had in a window: as many are expected in the next part. */
    private int expected;

    private boolean isPart;

    /** Of a part, if windows overlap and are made of whole slices: where its rows go first. */
    private @Nullable SliceRuns slices;

    WindowStore(GroupShape shape, List<String> names, long size, long slide, long offset, TimeText text) {
        this.shape = shape;
        this.names = names;
        this.size = size;
        this.slide = slide;
        this.offset = offset;
        this.text = text;
        lateGroups = new LateGroups(shape, false);
        part = shape.rows();
    }

    /** Start of the latest window that takes a time. */
    static long lastStart(long time, long slide, long offset) {
        return Math.floorDiv(time - offset, slide) * slide + offset;
    }

    @Override
    void begin(long lateBeforeMicros, long nowMs) {
        super.begin(lateBeforeMicros, nowMs);
        lateGroups.clear();
    }

    /** Forgets everything: a bounded table starts anew each time. */
    void clear() {
        open.clear();
        touched.clear();
        gone.clear();
        fresh.clear();
    }

    @Override
    void add(AggregateInput input, VectorBatch rows, int block) {
        AggregateRows all = input.rows;
        LongVector times = input.times();
        boolean same = latestStarts(times, all.count, rows);
        int from = 0;
        if (slices != null) {
            from = same ? slices.add(all, latest[0]) : slices.add(all, times, latest);
            if (from == all.count) {
                return;
            }
            spread(slices, block);
            slices = null;
        }
        if (same) {
            for (long start = latest[0]; start + size > latest[0]; start -= slide) {
                addTo(start, all, block);
            }
            return;
        }
        buckets.clear(all.count);
        for (int i = from; i < all.count; i++) {
            if (!times.isNull(i)) {
                long time = times.values[times.offset + i];
                for (long start = latest[i]; start + size > time; start -= slide) {
                    buckets.put(i, start);
                }
            }
        }
        buckets.group();
        for (int b = 0; b < buckets.buckets(); b++) {
            int[] of = buckets.rowsOf(b);
            part.gather(all, of, of.length);
            addTo(buckets.value(b), part, block);
        }
    }

    /**
     * Finds the latest window of each row; counts NULL times and rows that are late even for that window. Says whether
     * all rows are in the very same windows, and then only of the first row. A row is compared with the window of the row
     * before, as times are nearly sorted and a division costs as much as ten comparisons.
     */
    private boolean latestStarts(LongVector times, int count, VectorBatch rows) {
        latest = Ints.room(latest, count);
        long start = 0;
        long next = Long.MIN_VALUE;
        if (times.validity == null && count > 0 && size % slide == 0) {
            start = lastStart(times.values[times.offset], slide, offset);
            next = start + slide;
            if (start + size > lateMicros && within(times, count, start, next)) {
                latest[0] = start;
                return true;
            }
        }
        boolean same = size % slide == 0;
        for (int i = 0; i < count; i++) {
            if (times.isNull(i)) {
                nullTimes++;
                same = false;
                continue;
            }
            long time = times.values[times.offset + i];
            if (time < start || time >= next) {
                start = lastStart(time, slide, offset);
                next = start + slide;
            }
            latest[i] = start;
            same &= start == latest[0];
            if (start + size <= lateMicros && late.count()) {
                late.sample(rows, i, time, batchTimeMs, text.late(time, lateMicros / 1000, start, start + size));
            }
        }
        return same && count > 0;
    }

    private static boolean within(LongVector times, int count, long start, long next) {
        if (times.bounded) {
            return times.least >= start && times.greatest < next;
        }
        long[] values = times.values;
        boolean all = true;
        for (int i = times.offset; i < times.offset + count; i++) {
            all &= values[i] >= start & values[i] < next;
        }
        return all;
    }

    private void addTo(long start, AggregateRows these, int block) {
        if (start + size <= lateMicros) {
            lateGroups.add(these.keys, these.count, start, block);
        } else {
            Window window = window(start);
            window.rows += these.count;
            window.table.add(these);
        }
    }

    /** Merges slices into the windows that cover them. */
    private void spread(SliceRuns runs, int block) {
        for (int r = 0; r < runs.size(); r++) {
            SliceRuns.Run run = runs.run(r);
            for (long start = run.start(); start + size > run.start(); start -= slide) {
                if (start + size <= lateMicros) {
                    long window = start;
                    run.table().forEachKeys((keys, ids, count) -> lateGroups.add(keys, count, window, block));
                } else {
                    Window into = window(start);
                    into.rows += runs.rows(r);
                    into.table.merge(run.table());
                }
            }
            expected = run.table().size();
        }
    }

    private GroupTable table(long start) {
        if (isPart) {
            return GroupTable.part(shape, expected);
        }
        Map.Entry<Long, Window> before = open.lowerEntry(start);
        return before == null ? new GroupTable(shape) : before.getValue().table.next();
    }

    private Window window(long start) {
        Window window = open.get(start);
        if (window == null) {
            window = new Window(start, table(start), batchTimeMs);
            open.put(start, window);
            fresh.add(window);
        }
        if (!window.touched) {
            window.touched = true;
            window.rowsBefore = window.rows;
            touched.add(window);
        }
        return window;
    }

    @Override
    boolean addsCheaply() {
        return size <= slide;
    }

    @Override
    GroupStore partial() {
        var part = new WindowStore(shape, names, size, slide, offset, text);
        part.isPart = true;
        part.expected = expected;
        part.slices = size > slide && size % slide == 0 ? new SliceRuns(shape, expected) : null;
        return part;
    }

    @Override
    void merge(GroupStore other, int block) {
        var part = (WindowStore) other;
        if (part.slices != null) {
            spread(part.slices, block);
        }
        for (Window from : part.open.values()) {
            Window into = window(from.start);
            into.rows += from.rows;
            into.table.merge(from.table);
            expected = from.table.size();
        }
        lateGroups.merge(part.lateGroups, block);
        late.append(part.late);
        nullTimes += part.nullTimes;
    }

    @Override
    void finish() {
        late.dropped = lateGroups.count();
        touched.sort((a, b) -> Long.compare(a.start, b.start));
    }

    @Override
    void writeTouched(GroupWriter writer) throws Exception {
        for (Window window : touched) {
            writer.write(window.table, window.table.touched(), window.start, window.start + size);
        }
    }

    @Override
    void writeAll(GroupWriter writer) throws Exception {
        for (Window window : open.values()) {
            writer.write(window.table, window.table.all(), window.start, window.start + size);
        }
    }

    @Override
    void evict(long passedMicros, @Nullable GroupWriter writer) throws Exception {
        while (!open.isEmpty() && open.firstKey() + size <= passedMicros) {
            Window window = open.pollFirstEntry().getValue();
            gone.add(window);
            if (writer != null) {
                writer.write(window.table, window.table.all(), window.start, window.start + size);
            }
        }
    }

    @Override
    StateLog.Layout layout(String operator) {
        var keys = new ArrayList<Field>();
        keys.add(new Field("window_start", DataType.TIMESTAMP, false));
        for (int k = 0; k < names.size(); k++) {
            keys.add(new Field(names.get(k), shape.keys().get(k).type(), true));
        }
        Accumulators none = shape.accumulators();
        return StateRows.layout(operator, keys, none.stateNames(), none.stateTypes());
    }

    @Override
    void load(StateLog log, long version) throws IOException {
        clear();
        closed.clear();
        int width = shape.keys().size() + 1;
        VectorBatch some = VectorBatch.create(layout("").row());
        StateRows.load(log, version, layout("").row(), shape.vectorSize(), rows -> {
            var starts = (LongVector) rows.columns[0];
            buckets.clear(rows.size);
            for (int i = 0; i < rows.size; i++) {
                buckets.put(i, starts.values[starts.offset + i]);
            }
            buckets.group();
            for (int b = 0; b < buckets.buckets(); b++) {
                int[] of = buckets.rowsOf(b);
                Columns.gather(rows, of, of.length, some);
                GroupTable table = open.computeIfAbsent(
                                buckets.value(b),
                                start -> new Window(start, new GroupTable(shape), Math.floorDiv(start, 1000L)))
                        .table;
                table.load(Arrays.copyOfRange(some.columns, 1, width), some.columns, width, of.length);
            }
        });
    }

    @Override
    void save(StateLog log, long version) throws IOException {
        var changes = new StateRows(layout(""));
        for (Window window : gone) {
            window.table.saveGone(changes, prefix(window));
        }
        for (Window window : touched) {
            if (open.get(window.start) == window) {
                window.table.saveChanges(changes, prefix(window));
            }
        }
        changes.commit(log, version);
    }

    private static GroupTable.Prefix prefix(Window window) {
        return (target, count) -> {
            var starts = (LongVector) target.columns[0];
            for (int i = 0; i < count; i++) {
                starts.append(window.start, true);
            }
            return 1;
        };
    }

    @Override
    void commit() {
        for (Window window : touched) {
            window.table.commit();
            window.touched = false;
        }
        for (Window window : gone) {
            closed.add(summary(window, batchTimeMs, WindowSummary.Phase.FINAL));
            if (closed.size() > CLOSED_KEPT) {
                closed.removeFirst();
            }
        }
        touched.clear();
        gone.clear();
        fresh.clear();
    }

    @Override
    void rollback() {
        for (Window window : gone) {
            open.put(window.start, window);
        }
        for (Window window : touched) {
            window.table.rollback();
            window.rows = window.rowsBefore;
            window.touched = false;
        }
        for (Window window : fresh) {
            open.remove(window.start);
        }
        touched.clear();
        gone.clear();
        fresh.clear();
    }

    @Override
    long rows() {
        long total = 0;
        for (Window window : open.values()) {
            total += window.table.liveSize();
        }
        return total;
    }

    @Override
    long bytes() {
        long total = 0;
        for (Window window : open.values()) {
            total += window.table.bytes();
        }
        return total;
    }

    @Override
    long updated() {
        long total = 0;
        for (Window window : touched) {
            total += window.table.touchedSize();
        }
        return total;
    }

    @Override
    long removed() {
        long total = 0;
        for (Window window : gone) {
            total += window.table.liveSize();
        }
        return total;
    }

    @Override
    List<WindowSummary> windows(long nextWatermarkMs) {
        var all = new ArrayList<>(closed);
        for (Window window : gone) {
            all.add(summary(window, batchTimeMs, WindowSummary.Phase.FINAL));
        }
        for (Window window : open.values()) {
            if (all.size() >= CLOSED_KEPT + OPEN_SHOWN) {
                break;
            }
            boolean closing = window.start + size <= StatefulOperator.passedMicros(nextWatermarkMs);
            all.add(summary(window, -1, closing ? WindowSummary.Phase.CLOSING : WindowSummary.Phase.OPEN));
        }
        return all;
    }

    private WindowSummary summary(Window window, long closedMs, WindowSummary.Phase phase) {
        return new WindowSummary(
                Math.floorDiv(window.start, 1000L),
                Math.floorDiv(window.start + size, 1000L),
                window.rows,
                window.openedMs,
                closedMs,
                phase);
    }
}
