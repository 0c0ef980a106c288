package org.tailrace.exec;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.Vector;

/** The keys of both sides of a join of streams, numbered; so a row finds its partners and its own place by one look. */
final class JoinIndex {
    private static final int DEAD_TO_REBUILD = 1024;

    private final JoinKeys keys;
    private GroupIndex index;
    private int sizeBefore;

    /** @param keys of either side: they have the same types */
    JoinIndex(JoinKeys keys) {
        this.keys = keys;
        index = keys.index();
    }

    /** The number of each row's key, −1 if it has a NULL by which it equals nothing. */
    void add(JoinKeys side, Vector[] columns, int count, int[] ids) {
        index.add(columns, count, ids);
        side.maskUnequal(columns, count, ids);
    }

    /** As {@link #add}, but −1 also for a key that is not there. */
    void find(JoinKeys side, Vector[] columns, int count, int[] ids) {
        index.find(columns, count, ids);
        side.maskUnequal(columns, count, ids);
    }

    /** An index for another thread, see {@link GroupIndex#reader}. */
    @Nullable
    GroupIndex reader() {
        return index.reader();
    }

    /** What readers follow. */
    GroupIndex current() {
        return index;
    }

    /** Whether so many keys have no row any more that the sides should {@link #clear} it and add theirs again. */
    boolean crowded(int liveRows) {
        return index.size() - liveRows > DEAD_TO_REBUILD && index.size() > 2L * liveRows;
    }

    /** @param expected keys to make room for */
    void clear(int expected) {
        GroupIndex fresh = keys.index(expected);
        fresh.layOutLike(index);
        index = fresh;
    }

    void commit() {
        sizeBefore = index.size();
    }

    void rollback() {
        index.truncate(sizeBefore);
    }

    long bytes() {
        return index.bytes();
    }
}
