package org.tailrace.state;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.env.Environment;

/**
 * The state of all stateful operators of a query on disk: what each version changed, one record and one fsync per
 * version, and now and then a snapshot.
 *
 * <pre>
 *  changes-0   │ 0 │ 1 │ 2 │ … │ 41 │                 snapshot-41  │ rows … │
 *  changes-42                       │ 42 │ 43 │ 44 │               ▲
 *              └──────────── compaction, in the background ────────┘
 * </pre>
 *
 * So a batch costs what it changed, whatever the state holds. A snapshot is made from the last one and the changes since,
 * which alone are held in memory ({@link StateChanges}), never from live state; the two newest are kept, with all changes since the older one, so that one damaged file loses nothing. After a failed
 * attempt a version may be there twice; the later record counts. The query's thread only.
 */
public final class StateStore implements AutoCloseable {
    /** Changes are compacted once there are so many bytes of them, and as many as the last snapshot has … */
    public static final long COMPACT_BYTES = 8L << 20;
    /** … or so many: compaction and recovery hold the changes in memory. */
    static final long FOLDED_BYTES = 64L << 20;

    private final StateFiles files;
    private final Compaction compaction;
    private final long compactBytes;
    private final byte[] @Nullable [] staged;
    private @Nullable FrameFile current;
    private long bytesSinceSnapshot;
    private long snapshotBytes;

    StateStore(Environment environment, StateFiles files, long compactBytes) {
        this.files = files;
        this.compactBytes = compactBytes;
        this.compaction = new Compaction(environment);
        this.staged = new byte[files.layouts.size()][];
    }

    /** One log per operator; what they are given is written by {@link #save}. */
    public List<StateLog> logs() {
        var logs = new ArrayList<StateLog>();
        for (int i = 0; i < staged.length; i++) {
            logs.add(new OperatorLog(i));
        }
        return logs;
    }

    private final class OperatorLog implements StateLog {
        private final int operator;

        OperatorLog(int operator) {
            this.operator = operator;
        }

        @Override
        public void load(long version, Consumer<Batch> rows) {
            try {
                files.read(version, wanted -> wanted == operator, () -> false, (from, batch) -> rows.accept(batch));
            } catch (IOException e) {
                throw Damage.io(files.directory, "read", e);
            }
        }

        @Override
        public void commit(long version, Batch upserts, Batch removed) {
            staged[operator] = Frame.payload(out -> {
                out.writeInt(upserts.size());
                out.writeInt(removed.size());
                BatchCodec.write(out, upserts);
                BatchCodec.write(out, removed);
            });
        }
    }

    /**
     * Hands on the state after an earlier version, operator by operator.
     *
     * @param enough asked now and then; ends it early
     * @return false if what that version is made of has been let go
     */
    public boolean past(long version, BooleanSupplier enough, ObjIntConsumer<Batch> rows) throws IOException {
        if (version < files.oldest()) {
            return false;
        }
        files.read(version, operator -> true, enough, (operator, batch) -> rows.accept(batch, operator));
        return true;
    }

    /** Makes the store ready to be written after version {@code committed}; what is there of later ones is void. */
    void start(long committed) throws IOException {
        if (staged.length == 0) {
            return;
        }
        while (!files.changes.isEmpty() && files.changes.lastKey() > committed + 1) {
            files.files.delete(files.changes.pollLastEntry().getValue());
        }
        while (!files.snapshots.isEmpty() && files.snapshots.lastKey() > committed) {
            files.files.delete(files.snapshots.pollLastEntry().getValue());
        }
        if (!files.snapshots.isEmpty()) {
            snapshotBytes =
                    files.files.status(files.snapshots.lastEntry().getValue()).size();
        }
        if (files.changes.isEmpty()) {
            begin(committed + 1);
        } else {
            Path last = files.changes.lastEntry().getValue();
            FrameFile file = FrameFile.anew(files.files, last, upTo(last, committed));
            current = file;
            bytesSinceSnapshot = file.size();
        }
    }

    /** The part of a file with versions up to {@code committed}; what follows counts as damage, to be cut off. */
    private FrameFile.Scan upTo(Path file, long committed) throws IOException {
        long[] end = {FrameFile.header(file, files.checkpoint).bytes().length};
        long[] frames = {1};
        boolean[] beyond = {false};
        FrameFile.Scan scan = FrameFile.walk(files.files, file, files.checkpoint, (frame, at) -> {
            beyond[0] |= StateFiles.version(frame) > committed;
            if (!beyond[0]) {
                end[0] = at;
                frames[0]++;
            }
            return true;
        });
        return new FrameFile.Scan(end[0], frames[0], scan.damaged() || beyond[0], List.of());
    }

    private FrameFile begin(long version) throws IOException {
        FrameFile file = FrameFile.create(files.files, files.changes(version), files.checkpoint);
        files.changes.put(version, file.path());
        current = file;
        bytesSinceSnapshot = 0;
        return file;
    }

    /** Forgets what the logs were given for a version that failed. */
    public void forget() {
        Arrays.fill(staged, null);
    }

    /** Writes what the logs were given as version {@code version} and makes it durable. */
    public void save(long version) throws IOException {
        FrameFile file = current;
        if (file == null) {
            return;
        }
        takeSnapshots();
        if (bytesSinceSnapshot >= Math.max(compactBytes, Math.min(snapshotBytes, FOLDED_BYTES)) && compaction.idle()) {
            file.close();
            StateFiles before = files.copy();
            file = begin(version);
            compaction.start(before, version - 1);
        }
        byte[] payload = Frame.payload(out -> writeChanges(out, version));
        file.append(Frame.CHANGES, payload);
        file.sync();
        forget();
        bytesSinceSnapshot += payload.length;
    }

    /** Takes over what the compaction has finished, and lets go what is no longer needed. */
    private void takeSnapshots() throws IOException {
        long version = compaction.take();
        if (version >= 0) {
            Path snapshot = files.snapshot(version);
            files.snapshots.put(version, snapshot);
            snapshotBytes = files.files.status(snapshot).size();
            files.purge();
        }
    }

    private void writeChanges(DataOutputStream out, long version) throws IOException {
        out.writeLong(version);
        for (byte[] change : staged) {
            out.writeInt(change == null ? -1 : change.length);
            if (change != null) {
                out.write(change);
            }
        }
    }

    @Override
    public void close() throws IOException {
        compaction.close();
        FrameFile file = current;
        current = null;
        if (file != null) {
            file.close();
        }
    }
}
