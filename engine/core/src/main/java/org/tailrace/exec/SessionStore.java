package org.tailrace.exec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.LongVector;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.state.StateLog;

/**
 * Groups by session windows: per key, sessions that do not touch, in order of time.
 *
 * <pre>
 *   key → [12:00 .. 12:09) [12:12 .. 12:17)      row at 12:08:30, gap 5 min: [12:08:30 .. 12:13:30)
 *                 └────── both merge ──────┘      key → [12:00 .. 12:17)
 * </pre>
 *
 * <p>A session that the last commit knew never changes: a row that touches it makes a new session into which the old one
 * is merged, so that undoing a batch means forgetting what is new. Within a vector, rows are first given their sessions and
 * sessions that meet are joined (union-find); then the accumulators are merged, and at last the rows are added. Parts of a
 * large batch make their sessions first, which then take their places as rows do.
 *
 * <p>A row is late if its own session, from its time to its time plus the gap, has passed; another row can still join an
 * old session that is open.
 */
final class SessionStore extends GroupStore {
    private static final int[] NO_SESSIONS = {};
    private static final int DEAD_TO_REBUILD = 1024;
    private static final int SHOWN = 200;

    private final GroupShape shape;
    private final List<String> names;
    private final TimeText text;

    private GroupIndex keys;
    private int keysBefore;
    private int[][] sessionsOf = new int[16][];
    /** By key, its sessions before the batch touched it; null for a key that it has not touched. */
    private int[] @Nullable [] undo = new int[16][];

    private final Ints touchedKeys = new Ints();

    private Accumulators accumulators;
    private LongChunks starts = new LongChunks();
    private LongChunks ends = new LongChunks();
    private int[] keyOf = new int[16];
    private int[] joinedTo = new int[16];
    private int sessions;
    private int sessionsBefore;
    /** Sessions that were merged away, have left, or were never saved. */
    private final BitSet dead = new BitSet();

    private final Ints deadNow = new Ints();

    private final TimeHeap byEnd = new TimeHeap();
    private long live;
    private long liveBefore;
    private long evicted;
    private final SampledSize stateSize = new SampledSize();

    private final LateGroups lateGroups;
    private final AggregateRows part;
    private int[] taken = new int[0];
    private int[] keyIds = new int[0];
    private int[] groups = new int[0];
    private final Ints merges = new Ints();

    SessionStore(GroupShape shape, List<String> names, TimeText text) {
        this.shape = shape;
        this.names = names;
        this.text = text;
        keys = new GroupIndex(shape.keyTypes());
        accumulators = shape.accumulators();
        lateGroups = new LateGroups(shape, true);
        part = shape.rows();
    }

    @Override
    void begin(long lateBeforeMicros, long nowMs) {
        super.begin(lateBeforeMicros, nowMs);
        lateGroups.clear();
        evicted = 0;
    }

    @Override
    void add(AggregateInput input, VectorBatch rows, int block) {
        AggregateRows all = input.rows;
        LongVector times = input.times();
        LongVector gaps = input.gaps();
        taken = Ints.room(taken, all.count);
        int[] late = {};
        int takenCount = 0;
        int lateCount = 0;
        for (int i = 0; i < all.count; i++) {
            if (times.isNull(i)) {
                nullTimes++;
            } else if (!gaps.isNull(i) && gaps.values[gaps.offset + i] > 0) {
                long end = times.values[times.offset + i] + gaps.values[gaps.offset + i];
                if (end <= lateMicros) {
                    late = late.length == 0 ? new int[all.count] : late;
                    late[lateCount++] = i;
                } else {
                    taken[takenCount++] = i;
                }
            }
        }
        if (lateCount > 0) {
            noteLate(all, times, gaps, late, lateCount, rows, block);
        }
        AggregateRows these = all;
        if (takenCount < all.count) {
            part.gather(all, taken, takenCount);
            these = part;
        }
        keyIds = Ints.room(keyIds, takenCount);
        groups = Ints.room(groups, takenCount);
        keys.add(these.keys, takenCount, keyIds);
        merges.clear();
        for (int i = 0; i < takenCount; i++) {
            int row = taken[i];
            long time = times.values[times.offset + row];
            groups[i] = place(keyIds[i], time, time + gaps.values[gaps.offset + row]);
        }
        accumulators.ensureGroups(sessions);
        merge();
        for (int i = 0; merges.size > 0 && i < takenCount; i++) {
            groups[i] = root(groups[i]);
        }
        accumulators.add(groups, these, false);
    }

    private void noteLate(
            AggregateRows all,
            LongVector times,
            LongVector gaps,
            int[] lateRows,
            int count,
            VectorBatch rows,
            int block) {
        part.gather(all, lateRows, count);
        var windows = new LongVector(DataType.BIGINT);
        windows.prepare(count);
        for (int i = 0; i < count; i++) {
            long time = times.values[times.offset + lateRows[i]];
            long end = time + gaps.values[gaps.offset + lateRows[i]];
            windows.values[i] = time * 31 + end;
            if (late.count()) {
                late.sample(rows, lateRows[i], time, batchTimeMs, text.late(time, lateMicros / 1000, time, end));
            }
        }
        lateGroups.add(part.keys, count, windows, block);
    }

    /** The session of a row, new or grown; sessions that it bridges are noted to be merged. */
    private int place(int key, long start, long end) {
        int[] mine = key < sessionsOf.length && sessionsOf[key] != null ? sessionsOf[key] : NO_SESSIONS;
        int last = mine.length;
        if (last > 0 && extend(mine, start, end)) {
            return mine[last - 1];
        }
        while (last > 0 && starts.get(mine[last - 1]) > end) {
            last--;
        }
        int first = last;
        while (first > 0 && ends.get(mine[first - 1]) >= start) {
            first--;
        }
        int touching = last - first;
        if (touching == 1 && mine[first] >= sessionsBefore) {
            int session = mine[first];
            starts.set(session, Math.min(starts.get(session), start));
            ends.set(session, Math.max(ends.get(session), end));
            return session;
        }
        int session = open(key, start, end);
        for (int i = first; i < last; i++) {
            starts.set(session, Math.min(starts.get(session), starts.get(mine[i])));
            ends.set(session, Math.max(ends.get(session), ends.get(mine[i])));
            joinedTo[mine[i]] = session;
            merges.add(mine[i]);
            kill(mine[i]);
        }
        int[] next = new int[mine.length - touching + 1];
        System.arraycopy(mine, 0, next, 0, first);
        next[first] = session;
        System.arraycopy(mine, last, next, first + 1, mine.length - last);
        replace(key, mine, next);
        return session;
    }

    /** The most frequent case by far: a row that touches the key's last session only, which is new in this batch. */
    private boolean extend(int[] mine, long start, long end) {
        int last = mine[mine.length - 1];
        if (last < sessionsBefore || mine.length > 1 && ends.get(mine[mine.length - 2]) >= start) {
            return false;
        }
        long itsStart = starts.get(last);
        long itsEnd = ends.get(last);
        if (itsStart > end || itsEnd < start) {
            return false;
        }
        if (start < itsStart) {
            starts.set(last, start);
        }
        if (end > itsEnd) {
            ends.set(last, end);
        }
        return true;
    }

    private int open(int key, long start, long end) {
        int session = sessions++;
        if (session == keyOf.length) {
            keyOf = Arrays.copyOf(keyOf, session * 2);
            joinedTo = Arrays.copyOf(joinedTo, session * 2);
        }
        keyOf[session] = key;
        joinedTo[session] = session;
        starts.set(session, start);
        ends.set(session, end);
        live++;
        return session;
    }

    private void kill(int session) {
        dead.set(session);
        deadNow.add(session);
        live--;
    }

    private void replace(int key, int[] before, int[] next) {
        if (key >= sessionsOf.length) {
            sessionsOf = Arrays.copyOf(sessionsOf, Math.max(key + 1, sessionsOf.length * 2));
        }
        if (key >= undo.length) {
            undo = Arrays.copyOf(undo, sessionsOf.length);
        }
        if (undo[key] == null) {
            undo[key] = before;
            touchedKeys.add(key);
        }
        sessionsOf[key] = next;
    }

    private int root(int session) {
        int at = session;
        while (joinedTo[at] != at) {
            at = joinedTo[at];
        }
        return at;
    }

    private void merge() {
        int[] into = new int[1];
        int[] from = new int[1];
        for (int i = 0; i < merges.size; i++) {
            from[0] = merges.values[i];
            into[0] = root(from[0]);
            accumulators.merge(into, accumulators, from, 1);
        }
    }

    /** A row looks for its session among those of its key; of a part of a batch only its sessions do. */
    @Override
    boolean addsCheaply() {
        return false;
    }

    @Override
    GroupStore partial() {
        return new SessionStore(shape, names, text);
    }

    @Override
    void merge(GroupStore other, int block) {
        var later = (SessionStore) other;
        Vector[] rows = shape.keyVectors();
        int[] some = new int[Math.min(shape.vectorSize(), Math.max(1, later.sessions))];
        int[] itsKeys = new int[some.length];
        for (int session = 0; session < later.sessions; ) {
            int count = 0;
            for (; session < later.sessions && count < some.length; session++) {
                if (!later.dead.get(session)) {
                    itsKeys[count] = later.keyOf[session];
                    some[count++] = session;
                }
            }
            later.keys.keys(itsKeys, count, rows);
            add(later, rows, some, count);
        }
        lateGroups.merge(later.lateGroups, block);
        late.append(later.late);
        nullTimes += later.nullTimes;
    }

    /** Gives sessions of a part, whose keys are these, their place as if each were a row that lasts as long. */
    private void add(SessionStore later, Vector[] rows, int[] which, int count) {
        keyIds = Ints.room(keyIds, count);
        groups = Ints.room(groups, count);
        keys.add(rows, count, keyIds);
        merges.clear();
        for (int i = 0; i < count; i++) {
            groups[i] = place(keyIds[i], later.starts.get(which[i]), later.ends.get(which[i]));
        }
        accumulators.ensureGroups(sessions);
        merge();
        for (int i = 0; merges.size > 0 && i < count; i++) {
            groups[i] = root(groups[i]);
        }
        accumulators.merge(groups, later.accumulators, which, count);
    }

    @Override
    void finish() {
        late.dropped = lateGroups.count();
        for (int session = sessionsBefore; session < sessions; session++) {
            if (!dead.get(session)) {
                byEnd.add(ends.get(session), session);
            }
        }
    }

    @Override
    void writeTouched(GroupWriter writer) {
        throw new IllegalStateException("session windows have no update mode");
    }

    @Override
    void writeAll(GroupWriter writer) throws Exception {
        write(liveByEnd(), writer);
    }

    private Ints liveByEnd() {
        var order = new TimeHeap();
        for (int session = 0; session < sessions; session++) {
            if (!dead.get(session)) {
                order.add(ends.get(session), session);
            }
        }
        return takeAll(order, Long.MAX_VALUE);
    }

    /** Sessions that end by {@code limit}, by end and then by age. */
    private Ints takeAll(TimeHeap order, long limit) {
        var all = new Ints();
        int from = 0;
        while (order.due(limit)) {
            long end = order.earliest();
            int session = order.poll();
            if (!dead.get(session)) {
                all.add(session);
            }
            if (order.earliest() != end) {
                Arrays.sort(all.values, from, all.size);
                from = all.size;
            }
        }
        return all;
    }

    private void write(Ints which, GroupWriter writer) throws Exception {
        var itsKeys = new Ints();
        for (int i = 0; i < which.size; i++) {
            itsKeys.add(keyOf[which.values[i]]);
        }
        writer.write(keys, itsKeys, accumulators, which, starts, ends);
    }

    private static int[] without(int[] sessions, int session) {
        if (sessions.length == 1) {
            return NO_SESSIONS;
        }
        int[] rest = new int[sessions.length - 1];
        int count = 0;
        for (int other : sessions) {
            if (other != session) {
                rest[count++] = other;
            }
        }
        return rest;
    }

    @Override
    void evict(long passedMicros, @Nullable GroupWriter writer) throws Exception {
        Ints gone = takeAll(byEnd, passedMicros);
        for (int i = 0; i < gone.size; i++) {
            int session = gone.values[i];
            int key = keyOf[session];
            int[] mine = sessionsOf[key];
            replace(key, mine, without(mine, session));
            kill(session);
            evicted++;
        }
        if (writer != null) {
            write(gone, writer);
        }
    }

    @Override
    StateLog.Layout layout(String operator) {
        var fields = new ArrayList<Field>();
        fields.add(new Field("session_start", DataType.TIMESTAMP, false));
        for (int k = 0; k < names.size(); k++) {
            fields.add(new Field(names.get(k), shape.keys().get(k).type(), true));
        }
        var stateNames = new ArrayList<>(List.of("session_end"));
        stateNames.addAll(accumulators.stateNames());
        var types = new ArrayList<>(List.of(DataType.TIMESTAMP));
        types.addAll(accumulators.stateTypes());
        return StateRows.layout(operator, fields, stateNames, types);
    }

    @Override
    void load(StateLog log, long version) throws IOException {
        clear();
        int width = shape.keys().size() + 1;
        StateRows.load(log, version, layout("").row(), shape.vectorSize(), rows -> {
            keyIds = Ints.room(keyIds, rows.size);
            keys.add(Arrays.copyOfRange(rows.columns, 1, width), rows.size, keyIds);
            var start = (LongVector) rows.columns[0];
            var end = (LongVector) rows.columns[width];
            int[] ids = new int[rows.size];
            for (int i = 0; i < rows.size; i++) {
                ids[i] = place(keyIds[i], start.values[start.offset + i], end.values[end.offset + i]);
                byEnd.add(ends.get(ids[i]), ids[i]);
            }
            accumulators.ensureGroups(sessions);
            accumulators.load(ids, rows.columns, width + 1, rows.size);
        });
        settle();
    }

    private void clear() {
        keys = new GroupIndex(shape.keyTypes());
        accumulators = shape.accumulators();
        sessionsOf = new int[16][];
        sessions = 0;
        dead.clear();
        byEnd.clear();
        live = 0;
        settle();
    }

    /** What is there now is what a rollback goes back to. */
    private void settle() {
        for (int i = 0; i < touchedKeys.size; i++) {
            undo[touchedKeys.values[i]] = null;
        }
        touchedKeys.clear();
        deadNow.clear();
        keysBefore = keys.size();
        sessionsBefore = sessions;
        liveBefore = live;
    }

    @Override
    void save(StateLog log, long version) throws IOException {
        var changes = new StateRows(layout(""));
        var gone = new Ints();
        for (int i = 0; i < deadNow.size; i++) {
            int session = deadNow.values[i];
            if (session < sessionsBefore && !replaced(session)) {
                gone.add(session);
            }
        }
        var fresh = new Ints();
        for (int session = sessionsBefore; session < sessions; session++) {
            if (!dead.get(session)) {
                fresh.add(session);
            }
        }
        append(gone, changes.removed, false);
        append(fresh, changes.upserts, true);
        changes.commit(log, version);
    }

    /** Whether a new session of the same key has the same start, so that it takes the old one's place in the log. */
    private boolean replaced(int session) {
        for (int other : sessionsOf[keyOf[session]]) {
            if (starts.get(other) == starts.get(session)) {
                return true;
            }
        }
        return false;
    }

    private void append(Ints which, VectorBatch target, boolean states) {
        Vector[] columns = shape.keyVectors();
        int[] itsKeys = new int[which.size];
        for (int i = 0; i < which.size; i++) {
            itsKeys[i] = keyOf[which.values[i]];
            ((LongVector) target.columns[0]).append(starts.get(which.values[i]), true);
        }
        keys.keys(itsKeys, which.size, columns);
        StateRows.append(columns, which.size, target, 1);
        if (states) {
            var end = (LongVector) target.columns[columns.length + 1];
            for (int i = 0; i < which.size; i++) {
                end.append(ends.get(which.values[i]), true);
            }
            accumulators.save(which.values, which.size, target.columns, columns.length + 2);
        }
        target.size += which.size;
    }

    @Override
    void commit() {
        var idle = new Ints();
        for (int i = 0; i < touchedKeys.size; i++) {
            if (sessionsOf[touchedKeys.values[i]].length == 0) {
                idle.add(touchedKeys.values[i]);
            }
        }
        idle.sort();
        keys.remove(idle.values, idle.size);
        if (sessions - live > DEAD_TO_REBUILD && sessions - live > live) {
            rebuild();
        }
        settle();
    }

    /** A fresh index and fresh arrays with the live sessions, in their order. */
    private void rebuild() {
        var all = new Ints();
        for (int session = 0; session < sessions; session++) {
            if (!dead.get(session)) {
                all.add(session);
            }
        }
        var fresh = new SessionStore(shape, names, text);
        Vector[] columns = shape.keyVectors();
        int[] some = new int[shape.vectorSize()];
        for (int from = 0; from < all.size; from += some.length) {
            int count = all.copy(from, some);
            int[] itsKeys = new int[count];
            int[] ids = new int[count];
            for (int i = 0; i < count; i++) {
                itsKeys[i] = keyOf[some[i]];
            }
            keys.keys(itsKeys, count, columns);
            fresh.keys.add(columns, count, itsKeys);
            for (int i = 0; i < count; i++) {
                ids[i] = fresh.place(itsKeys[i], starts.get(some[i]), ends.get(some[i]));
            }
            fresh.accumulators.ensureGroups(fresh.sessions);
            fresh.accumulators.merge(ids, accumulators, some, count);
        }
        keys = fresh.keys;
        accumulators = fresh.accumulators;
        starts = fresh.starts;
        ends = fresh.ends;
        keyOf = fresh.keyOf;
        joinedTo = fresh.joinedTo;
        sessionsOf = fresh.sessionsOf;
        sessions = fresh.sessions;
        dead.clear();
        byEnd.clear();
        for (int session = 0; session < sessions; session++) {
            byEnd.add(ends.get(session), session);
        }
    }

    @Override
    void rollback() {
        for (int i = 0; i < touchedKeys.size; i++) {
            sessionsOf[touchedKeys.values[i]] = undo[touchedKeys.values[i]];
        }
        for (int i = 0; i < deadNow.size; i++) {
            int session = deadNow.values[i];
            dead.clear(session);
            joinedTo[session] = session;
        }
        for (int session = sessionsBefore; session < sessions; session++) {
            accumulators.reset(session);
        }
        sessions = sessionsBefore;
        keys.truncate(keysBefore);
        live = liveBefore;
        settle();
        byEnd.clear();
        for (int session = 0; session < sessions; session++) {
            if (!dead.get(session)) {
                byEnd.add(ends.get(session), session);
            }
        }
    }

    @Override
    long rows() {
        return live;
    }

    @Override
    long bytes() {
        return keys.bytes()
                + starts.bytes()
                + ends.bytes()
                + byEnd.bytes()
                + 48L * live
                + stateSize.of(sessions, accumulators::bytes);
    }

    @Override
    long updated() {
        long count = 0;
        for (int session = sessionsBefore; session < sessions; session++) {
            count += dead.get(session) ? 0 : 1;
        }
        return count;
    }

    @Override
    long removed() {
        return evicted;
    }

    @Override
    List<WindowSummary> windows(long nextWatermarkMs) {
        var all = new ArrayList<WindowSummary>();
        if (live > SHOWN) {
            return all;
        }
        Ints open = liveByEnd();
        for (int i = 0; i < open.size; i++) {
            long end = ends.get(open.values[i]);
            all.add(new WindowSummary(
                    Math.floorDiv(starts.get(open.values[i]), 1000L),
                    Math.floorDiv(end, 1000L),
                    -1,
                    batchTimeMs,
                    -1,
                    end <= StatefulOperator.passedMicros(nextWatermarkMs)
                            ? WindowSummary.Phase.CLOSING
                            : WindowSummary.Phase.OPEN));
        }
        return all;
    }
}
