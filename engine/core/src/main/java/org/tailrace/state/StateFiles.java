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
            FrameFile.scan(files, file, checkpoint, (frame, end) -> last[0] = Math.max(last[0], version(frame)));
        }
        return last[0];
    }

    static long version(Frame frame) throws IOException {
        try (DataInputStream in = frame.data()) {
            return in.readLong();
        }
    }

    /**
     * The state of every operator after {@code version}, from the newest snapshot that can be read.
     *
     * @param cancelled asked now and then
     * @throws CheckpointException TR-602 if it cannot be had
     */
    List<StateFold> read(long version, BooleanSupplier cancelled) throws IOException {
        var bases = new ArrayList<>(snapshots.headMap(version, true).descendingKeySet());
        bases.add(-1L);
        CheckpointException damage = null;
        for (long base : bases) {
            try {
                return read(base, version, cancelled);
            } catch (CheckpointException e) {
                // An older snapshot and the changes since may still give the very same state.
                damage = damage == null ? e : damage;
            }
        }
        throw damage == null ? Damage.file(directory, "there is no state of batch " + version) : damage;
    }

    private List<StateFold> read(long base, long version, BooleanSupplier cancelled) throws IOException {
        var folds = new ArrayList<StateFold>();
        layouts.forEach(layout -> folds.add(new StateFold(layout)));
        if (base >= 0) {
            readSnapshot(base, folds);
        }
        // By version, so that of two records of one version the later counts.
        var records = new TreeMap<Long, Frame>();
        long[] from = {base + 1};
        for (Map.Entry<Long, Path> file : relevant(base, version).entrySet()) {
            FrameFile.scan(files, file.getValue(), checkpoint, (frame, end) -> {
                long at = version(frame);
                if (at > base && at <= version) {
                    // A version is final once the next one begins.
                    apply(records.headMap(at), folds, from);
                    records.headMap(at).clear();
                    records.put(at, frame);
                }
            });
            if (cancelled.getAsBoolean()) {
                return List.of();
            }
        }
        apply(records, folds, from);
        if (from[0] != version + 1) {
            throw Damage.file(directory, "the changes of batch " + from[0] + " to the state are missing");
        }
        return folds;
    }

    private Map<Long, Path> relevant(long base, long version) {
        Long first = changes.floorKey(base + 1);
        return changes.subMap(first == null ? 0 : first, true, Math.max(version, first == null ? 0 : first), true);
    }

    private void apply(Map<Long, Frame> records, List<StateFold> folds, long[] next) throws IOException {
        for (Map.Entry<Long, Frame> record : records.entrySet()) {
            if (record.getKey() != next[0]) {
                throw Damage.file(directory, "the changes of batch " + next[0] + " to the state are missing");
            }
            next[0]++;
            try (DataInputStream in = record.getValue().data()) {
                in.readLong();
                for (StateFold fold : folds) {
                    if (in.readBoolean()) {
                        Batch upserts = BatchCodec.read(in, fold.row());
                        fold.remove(BatchCodec.read(in, fold.keys()));
                        fold.upsert(upserts);
                    }
                }
            }
        }
    }

    private void readSnapshot(long version, List<StateFold> folds) throws IOException {
        Path file = snapshot(version);
        boolean[] whole = new boolean[1];
        FrameFile.scan(files, file, checkpoint, (frame, end) -> {
            try (DataInputStream in = frame.data()) {
                if (frame.kind() == Frame.ROWS) {
                    StateFold fold = folds.get(in.readInt());
                    fold.upsert(BatchCodec.read(in, fold.row()));
                } else {
                    whole[0] = frame.kind() == Frame.END && in.readLong() == version;
                }
            }
        });
        if (!whole[0]) {
            throw Damage.file(file, "it is not whole");
        }
    }

    /** Writes the state after a version as one file. */
    void writeSnapshot(long version, List<StateFold> folds) throws IOException {
        Path file = snapshot(version);
        var frames = new SnapshotFrames(file, checkpoint, version, folds);
        FrameFile.writeWhole(files, file, frames);
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
