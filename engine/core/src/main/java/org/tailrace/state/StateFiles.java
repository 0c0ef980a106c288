package org.tailrace.state;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.tailrace.data.Batch;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;

/** The files of a state store and how a version is read out of them. */
final class StateFiles {
    final FileSystem files;
    final Path directory;
    final String checkpoint;
    final List<StateLog.Layout> layouts;

    /** Files of changes by their first version, snapshots by their version. */
    final NavigableMap<Long, Path> changes = new TreeMap<>();

    final NavigableMap<Long, Path> snapshots = new TreeMap<>();

    StateFiles(FileSystem files, Path directory, String checkpoint, List<StateLog.Layout> layouts) {
        this.files = files;
        this.directory = directory;
        this.checkpoint = checkpoint;
        this.layouts = List.copyOf(layouts);
    }

    /** The same files, for another thread. */
    StateFiles copy() {
        var copy = new StateFiles(files, directory, checkpoint, layouts);
        copy.changes.putAll(changes);
        copy.snapshots.putAll(snapshots);
        return copy;
    }

    void list() throws IOException {
        for (FileSystem.Entry entry : files.list(directory)) {
            OptionalLong from = Names.number(Names.CHANGES, entry.path());
            from.ifPresent(number -> changes.put(number, entry.path()));
            OptionalLong at = Names.number(Names.SNAPSHOT, entry.path());
            at.ifPresent(number -> snapshots.put(number, entry.path()));
        }
    }

    Path changes(long from) {
        return directory.resolve(Names.of(Names.CHANGES, from));
    }

    Path snapshot(long version) {
        return directory.resolve(Names.of(Names.SNAPSHOT, version));
    }

    /** The highest version of a whole record, committed or not; −1 if there is none. */
    long lastVersion() throws IOException {
        long[] last = {snapshots.isEmpty() ? -1 : snapshots.lastKey()};
        for (Path file : changes.values()) {
            FrameFile.walk(files, file, checkpoint, (frame, end) -> {
                last[0] = Math.max(last[0], version(frame));
                return true;
            });
        }
        return last[0];
    }

    /** The first version that can still be read. */
    long oldest() {
        boolean all = !changes.isEmpty() && changes.firstKey() == 0;
        return all || snapshots.isEmpty() ? 0 : snapshots.firstKey();
    }

    static long version(Frame frame) throws IOException {
        try (DataInputStream in = frame.data()) {
            return in.readLong();
        }
    }

    /** Takes the rows of an operator's state, some thousands at a time. */
    @FunctionalInterface
    interface Rows {
        void rows(int operator, Batch rows) throws IOException;
    }

    /**
     * Reads the state after {@code version}, from the newest snapshot that is whole, operator by operator.
     *
     * @param wanted which operators
     * @param cancelled asked now and then
     * @return false if it was cancelled; what it handed on so far is void then
     * @throws CheckpointException TR-602 if it cannot be had
     */
    boolean read(long version, IntPredicate wanted, BooleanSupplier cancelled, Rows to) throws IOException {
        return hand(find(version, wanted, cancelled), wanted, cancelled, to);
    }

    /** A snapshot, −1 for none, and what became of the state since. */
    private record Found(long base, List<StateChanges> since) {}

    private Found find(long version, IntPredicate wanted, BooleanSupplier cancelled) throws IOException {
        var bases = new ArrayList<>(snapshots.headMap(version, true).descendingKeySet());
        bases.add(-1L);
        CheckpointException damage = null;
        for (long base : bases) {
            try {
                if (base >= 0) {
                    passSnapshot(base, (operator, in) -> !cancelled.getAsBoolean());
                }
                return new Found(base, since(base, version, wanted, cancelled));
            } catch (CheckpointException e) {
                // An older snapshot and the changes since may still give the very same state.
                damage = damage == null ? e : damage;
            }
        }
        throw damage == null ? Damage.file(directory, "there is no state of batch " + version) : damage;
    }

    /** What became of the state between a snapshot and a version, by operator. */
    private List<StateChanges> since(long base, long version, IntPredicate wanted, BooleanSupplier cancelled)
            throws IOException {
        var since = layouts.stream().map(StateChanges::new).toList();
        // By version, so that of two records of one version the later counts.
        var records = new TreeMap<Long, Frame>();
        long[] from = {base + 1};
        for (Map.Entry<Long, Path> file : relevant(base, version).entrySet()) {
            FrameFile.walk(files, file.getValue(), checkpoint, (frame, end) -> {
                long at = version(frame);
                if (at > base && at <= version) {
                    // A version is final once the next one begins.
                    apply(records.headMap(at), since, wanted, from);
                    records.headMap(at).clear();
                    records.put(at, frame);
                }
                return !cancelled.getAsBoolean();
            });
        }
        apply(records, since, wanted, from);
        if (from[0] != version + 1 && !cancelled.getAsBoolean()) {
            throw Damage.file(directory, "the changes of batch " + from[0] + " to the state are missing");
        }
        return since;
    }

    private Map<Long, Path> relevant(long base, long version) {
        Long first = changes.floorKey(base + 1);
        return changes.subMap(first == null ? 0 : first, true, Math.max(version, first == null ? 0 : first), true);
    }

    private void apply(Map<Long, Frame> records, List<StateChanges> since, IntPredicate wanted, long[] next)
            throws IOException {
        for (Map.Entry<Long, Frame> record : records.entrySet()) {
            if (record.getKey() != next[0]) {
                throw Damage.file(directory, "the changes of batch " + next[0] + " to the state are missing");
            }
            next[0]++;
            try (DataInputStream in = record.getValue().data()) {
                in.readLong();
                for (int operator = 0; operator < since.size(); operator++) {
                    StateChanges changes = since.get(operator);
                    int length = in.readInt();
                    if (length >= 0 && wanted.test(operator)) {
                        in.skipNBytes(2L * Integer.BYTES);
                        Batch upserts = BatchCodec.read(in, changes.row());
                        changes.add(upserts, BatchCodec.read(in, changes.keys()));
                    } else if (length > 0) {
                        in.skipNBytes(length);
                    }
                }
            }
        }
    }

    private interface SnapshotRows {
        /** Says whether to go on. */
        boolean rows(int operator, DataInputStream in) throws IOException;
    }

    /** @return false if it was not read to its end on the visitor's wish */
    private boolean passSnapshot(long version, SnapshotRows visitor) throws IOException {
        Path file = snapshot(version);
        boolean[] whole = new boolean[1];
        boolean[] stopped = new boolean[1];
        FrameFile.walk(files, file, checkpoint, (frame, end) -> {
            try (DataInputStream in = frame.data()) {
                if (frame.kind() == Frame.ROWS) {
                    stopped[0] = !visitor.rows(in.readInt(), in);
                } else {
                    whole[0] = frame.kind() == Frame.END && in.readLong() == version;
                }
            }
            return !stopped[0];
        });
        if (!whole[0] && !stopped[0]) {
            throw Damage.file(file, "it is not whole");
        }
        return !stopped[0];
    }

    private boolean hand(Found found, IntPredicate wanted, BooleanSupplier cancelled, Rows to) throws IOException {
        long base = found.base();
        List<StateChanges> since = found.since();
        var outs = new ArrayList<StateRowsOut>();
        for (int operator = 0; operator < since.size(); operator++) {
            outs.add(new StateRowsOut(operator, since.get(operator).row(), to));
        }
        // A snapshot has its operators in order: once the next one begins, what is new of the one before follows.
        int[] at = {0};
        if (base >= 0) {
            boolean all = passSnapshot(base, (operator, in) -> {
                while (at[0] < operator) {
                    rest(at[0]++, since, outs);
                }
                if (wanted.test(operator)) {
                    StateChanges changes = since.get(operator);
                    changes.pass(BatchCodec.read(in, changes.row()), outs.get(operator)::take);
                }
                return !cancelled.getAsBoolean();
            });
            if (!all) {
                return false;
            }
        }
        while (at[0] < since.size()) {
            rest(at[0]++, since, outs);
        }
        return !cancelled.getAsBoolean();
    }

    private static void rest(int operator, List<StateChanges> since, List<StateRowsOut> outs) throws IOException {
        since.get(operator).rest(outs.get(operator)::take);
        outs.get(operator).end();
    }

    /**
     * Writes the state after a version as one file.
     *
     * @return false if it was cancelled
     */
    boolean compact(long version, BooleanSupplier cancelled) throws IOException {
        Path file = snapshot(version);
        Found found = find(version, operator -> true, cancelled);
        return FrameFile.writeWhole(files, file, out -> {
            var writer = new SnapshotWriter(out, file, checkpoint);
            boolean all = hand(found, operator -> true, cancelled, writer);
            if (all) {
                writer.end(version);
            }
            return all;
        });
    }

    /** Keeps the two newest snapshots and the changes since the older one. */
    void purge() throws IOException {
        while (snapshots.size() > 2) {
            files.delete(snapshots.pollFirstEntry().getValue());
        }
        if (snapshots.size() == 2) {
            Long first = changes.floorKey(snapshots.firstKey() + 1);
            while (first != null && changes.firstKey() < first) {
                files.delete(changes.pollFirstEntry().getValue());
            }
        }
    }
}
