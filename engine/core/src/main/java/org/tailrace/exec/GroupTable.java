package org.tailrace.exec;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.tailrace.data.DataType;
import org.tailrace.data.Vector;
import org.tailrace.data.VectorBatch;

/**
 * The groups of an aggregation and their accumulators, with an undo record: until {@link #commit} the table can go back
 * to what it was after the last one.
 *
 * <p>Of a group that a batch touches for the first time the old states are saved beside; a group that the batch makes is
 * forgotten by cutting the index. Groups that leave stay in the arrays until the commit.
 */
final class GroupTable {
    private static final int DEAD_TO_REBUILD = 1024;

    private final GroupShape shape;
    private GroupIndex index;
    private Accumulators accumulators;
    private int[] groups = new int[0];

    /** A part is merged and forgotten: all its groups are new and nothing is undone. */
    private final boolean isPart;

    private boolean[] touched = new boolean[0];
    private final Ints touchedList = new Ints();
    private final Ints removed = new Ints();
    private int sizeBefore;

    private final Ints undoGroups = new Ints();
    private final Vector[] undo;
    private final SampledSize stateSize = new SampledSize();

    GroupTable(GroupShape shape) {
        this(shape, false, 0);
    }

    private GroupTable(GroupShape shape, boolean isPart, int expected) {
        this.shape = shape;
        this.isPart = isPart;
        index = new GroupIndex(shape.keyTypes(), expected);
        accumulators = shape.accumulators();
        accumulators.ensureGroups(expected);
        undo = vectors(accumulators.stateTypes());
    }

    /** A table for a part of a batch, with room for the groups that are expected. */
    static GroupTable part(GroupShape shape, int expected) {
        return new GroupTable(shape, true, expected);
    }

    /** A table for a part of a batch that is to be merged into this one. */
    GroupTable part(int expected) {
        GroupTable part = part(shape, expected);
        part.index.layOutLike(index);
        return part;
    }

    /** An empty table, with room for half as many groups as this one has: the next window mostly has about as many. */
    GroupTable next() {
        var next = new GroupTable(shape, false, index.liveSize() / 2);
        next.index.layOutLike(index);
        return next;
    }

    static Vector[] vectors(List<DataType> types) {
        Vector[] all = types.stream().map(Vector::create).toArray(Vector[]::new);
        clear(all);
        return all;
    }

    private static void clear(Vector[] vectors) {
        for (Vector vector : vectors) {
            vector.prepare(0);
        }
    }

    int liveSize() {
        return index.liveSize() - removed.size;
    }

    /** Ids in use: below this, but not those that were removed. */
    int size() {
        return index.size();
    }

    int touchedSize() {
        return touchedList.size;
    }

    int removedSize() {
        return removed.size;
    }

    void add(AggregateRows rows) {
        groups = Ints.room(groups, rows.count);
        rows.addTo(index, groups);
        boolean one = shape.keys().isEmpty();
        touch(groups, one ? Math.min(1, rows.count) : rows.count);
        accumulators.ensureGroups(index.size());
        accumulators.add(groups, rows, one);
    }

    /** Makes sure that the one group without keys exists and counts as touched. */
    void touchOnly() {
        index.add(new Vector[0], 1, groups = Ints.room(groups, 1));
        touch(groups, 1);
        accumulators.ensureGroups(1);
    }

    /** Takes the keys of some groups. */
    @FunctionalInterface
    interface KeyRows {
        void accept(Vector[] keys, int[] ids, int count);
    }

    /** Hands the keys of all groups on, in their order. */
    void forEachKeys(KeyRows consumer) {
        Vector[] keys = shape.keyVectors();
        int[] ids = new int[Math.min(shape.vectorSize(), Math.max(1, index.size()))];
        int at = 0;
        while (at < index.size()) {
            int count = 0;
            while (count < ids.length && at < index.size()) {
                if (live(at)) {
                    ids[count++] = at;
                }
                at++;
            }
            index.keys(ids, count, keys);
            consumer.accept(keys, ids, count);
        }
    }

    /** Adds all groups of {@code other}, in their order. */
    void merge(GroupTable other) {
        other.forEachKeys((keys, ids, count) -> merge(other, keys, ids, count));
    }

    /** Adds groups of {@code other}, whose keys are these. */
    void merge(GroupTable other, Vector[] keys, int[] ids, int count) {
        groups = Ints.room(groups, count);
        index.add(keys, count, groups);
        touch(groups, count);
        accumulators.ensureGroups(index.size());
        accumulators.merge(groups, other.accumulators, ids, count);
    }

    /** The group of each row of the last call that added rows. */
    int[] groups() {
        return groups;
    }

    private void touch(int[] ids, int count) {
        if (isPart) {
            return;
        }
        int before = undoGroups.size;
        if (touched.length < index.size()) {
            touched = Arrays.copyOf(touched, Math.max(index.size(), touched.length * 2));
        }
        for (int i = 0; i < count; i++) {
            int group = ids[i];
            if (!touched[group]) {
                touched[group] = true;
                touchedList.add(group);
                if (group < sizeBefore) {
                    undoGroups.add(group);
                }
            }
        }
        int fresh = undoGroups.size - before;
        if (fresh > 0) {
            accumulators.save(Arrays.copyOfRange(undoGroups.values, before, undoGroups.size), fresh, undo, 0);
        }
    }

    boolean live(int group) {
        return index.live(group);
    }

    /** Removes groups at the next commit. */
    void remove(int group) {
        removed.add(group);
    }

    /** Touched groups in the order in which they were first seen. */
    Ints touched() {
        touchedList.sort();
        return touchedList;
    }

    /** All groups in the order in which they were first seen. */
    Ints all() {
        var all = new Ints();
        for (int group = 0; group < index.size(); group++) {
            if (index.live(group)) {
                all.add(group);
            }
        }
        return all;
    }

    /** Appends columns before the keys of a state row, such as the bounds of a window; says how many columns. */
    @FunctionalInterface
    interface Prefix {
        int append(VectorBatch target, int count);
    }

    static final Prefix NO_PREFIX = (target, count) -> 0;

    /** Appends what changed since the last commit. */
    void saveChanges(StateRows changes, Prefix prefix) {
        var gone = new BitSet();
        var goneBefore = new Ints();
        for (int i = 0; i < removed.size; i++) {
            gone.set(removed.values[i]);
            if (removed.values[i] < sizeBefore) {
                goneBefore.add(removed.values[i]);
            }
        }
        var changed = new Ints();
        for (int i = 0; i < touched().size; i++) {
            if (!gone.get(touchedList.values[i])) {
                changed.add(touchedList.values[i]);
            }
        }
        append(changed, changes.upserts, true, prefix);
        append(goneBefore, changes.removed, false, prefix);
    }

    /** Appends the keys of all groups that the last commit knew: the whole table has left. */
    void saveGone(StateRows changes, Prefix prefix) {
        var all = new Ints();
        for (int group = 0; group < sizeBefore; group++) {
            if (live(group)) {
                all.add(group);
            }
        }
        append(all, changes.removed, false, prefix);
    }

    private void append(Ints ids, VectorBatch target, boolean states, Prefix prefix) {
        Vector[] keys = shape.keyVectors();
        int[] some = new int[shape.vectorSize()];
        for (int from = 0; from < ids.size; from += some.length) {
            int count = ids.copy(from, some);
            int at = prefix.append(target, count);
            index.keys(some, count, keys);
            StateRows.append(keys, count, target, at);
            if (states) {
                accumulators.save(some, count, target.columns, at + keys.length);
            }
            target.size += count;
        }
    }

    void keys(int[] ids, int count, Vector[] target) {
        index.keys(ids, count, target);
    }

    void results(int[] ids, int count, Vector[] target, int at) {
        accumulators.results(ids, count, target, at);
    }

    List<DataType> stateTypes() {
        return accumulators.stateTypes();
    }

    List<String> stateNames() {
        return accumulators.stateNames();
    }

    void load(Vector[] keys, Vector[] states, int at, int count) {
        groups = Ints.room(groups, count);
        index.add(keys, count, groups);
        accumulators.ensureGroups(index.size());
        accumulators.load(groups, states, at, count);
        sizeBefore = index.size();
    }

    /** Says whether ids have changed, since too many groups were dead. */
    boolean commit() {
        if (removed.size > 0) {
            index.remove(removed.values, removed.size);
        }
        forget();
        int dead = index.size() - index.liveSize();
        boolean rebuild = dead > DEAD_TO_REBUILD && dead > index.liveSize();
        if (rebuild) {
            rebuild();
        }
        sizeBefore = index.size();
        return rebuild;
    }

    private void forget() {
        for (int i = 0; i < touchedList.size; i++) {
            touched[touchedList.values[i]] = false;
        }
        touchedList.clear();
        removed.clear();
        undoGroups.clear();
        clear(undo);
    }

    /** A fresh index and fresh arrays with the live groups, in their order. */
    private void rebuild() {
        var fresh = new GroupTable(shape);
        fresh.merge(this);
        index = fresh.index;
        accumulators = fresh.accumulators;
    }

    void rollback() {
        int[] ids = Arrays.copyOf(undoGroups.values, undoGroups.size);
        accumulators.load(ids, undo, 0, ids.length);
        for (int group = sizeBefore; group < index.size(); group++) {
            accumulators.reset(group);
        }
        index.truncate(sizeBefore);
        forget();
    }

    /** Memory of keys and states, the latter estimated. */
    long bytes() {
        return index.bytes() + stateSize.of(index.size(), accumulators::bytes);
    }
}
