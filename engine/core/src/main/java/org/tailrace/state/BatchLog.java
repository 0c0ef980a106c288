package org.tailrace.state;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.env.FileSystem;

/**
 * The write-ahead log: offsets, logged input and commits of batches, in that order, in few files.
 *
 * <pre>
 *  … │ commit 7 │ input 8 │ offsets 8 ⟂ │ commit 8 │ input 9 │ offsets 9 ⟂ │ commit 9 │
 *                                     fsync                              fsync
 * </pre>
 *
 * One fsync after the offsets of a batch makes these, its input and the commit before durable. Damage at the end is what
 * a crash leaves in records that were not yet durable, and is cut off; unless something else proves that they had been:
 * a later record that could only be written after the fsync, here, in the state, or in the sink (RELIABILITY rule 3).
 */
public final class BatchLog implements AutoCloseable {
    private static final long SEGMENT_BYTES = 4L << 20;
    /** Batches whose offsets and commits stay readable. */
    private static final int RETAIN = 100;

    private final FileSystem files;
    private final Path directory;
    private final String checkpoint;
    private final NavigableMap<Long, OffsetRecord> offsets = new TreeMap<>();
    private final NavigableMap<Long, CommitRecord> commits = new TreeMap<>();
    private final NavigableMap<Long, Path> segments = new TreeMap<>();
    /** Logged input of the last batch, by source. */
    private final NavigableMap<Integer, byte[]> input = new TreeMap<>();

    private long inputBatch = -1;
    private @Nullable FrameFile current;
    private long settled = -1;
    private FrameFile.@Nullable Scan tail;
    /** Offsets behind damage at the end, −1 if there are none. */
    private long torn = -1;

    private BatchLog(FileSystem files, Path directory, String checkpoint) {
        this.files = files;
        this.directory = directory;
        this.checkpoint = checkpoint;
    }

    /** Reads what is there; nothing is written before {@link #start}. */
    static BatchLog open(FileSystem files, Path directory, String checkpoint) throws IOException {
        var log = new BatchLog(files, directory, checkpoint);
        for (FileSystem.Entry entry : files.list(directory)) {
            OptionalLong first = Names.number(Names.BATCHES, entry.path());
            if (first.isPresent()) {
                log.segments.put(first.getAsLong(), entry.path());
            }
        }
        for (Path segment : log.segments.values()) {
            log.read(segment);
        }
        return log;
    }

    private void read(Path segment) throws IOException {
        FrameFile.Scan scan = FrameFile.scan(files, segment, checkpoint, (frame, end) -> take(frame, segment));
        boolean last = segment.equals(segments.lastEntry().getValue());
        if (scan.damaged()) {
            long later = scan.beyond().stream()
                    .filter(frame -> frame.kind() == Frame.OFFSETS)
                    .count();
            // Offsets are synced before anything follows them, so what follows them vouches for all up to them.
            boolean commit = scan.beyond().stream().anyMatch(frame -> frame.kind() == Frame.COMMIT);
            if (!last || later > 1 || commit) {
                throw Damage.file(segment, "a record before its last one is not as it was written");
            }
            for (Frame frame : scan.beyond()) {
                if (frame.kind() == Frame.OFFSETS) {
                    torn = LogRecords.readOffsets(frame.data()).batchId();
                }
            }
        }
        if (last) {
            tail = scan;
        }
    }

    private void take(Frame frame, Path segment) throws IOException {
        try (DataInputStream in = frame.data()) {
            if (frame.kind() == Frame.OFFSETS) {
                OffsetRecord record = LogRecords.readOffsets(in);
                offsets.put(record.batchId(), record);
            } else if (frame.kind() == Frame.COMMIT) {
                CommitRecord record = LogRecords.readCommit(in);
                commits.put(record.batchId(), record);
            } else if (frame.kind() == Frame.INPUT) {
                long batch = in.readLong();
                if (batch != inputBatch) {
                    input.clear();
                    inputBatch = batch;
                }
                input.put(in.readInt(), in.readAllBytes());
            } else {
                throw Damage.file(segment, "it holds a record of kind " + (char) frame.kind());
            }
        }
    }

    String checkpoint() {
        return checkpoint;
    }

    /** The last batch that is done. */
    public Optional<CommitRecord> lastCommit() {
        return Optional.ofNullable(commits.lastEntry()).map(Map.Entry::getValue);
    }

    long lastCommitted() {
        return commits.isEmpty() ? -1 : commits.lastKey();
    }

    /** What a batch was going to do; empty if it is not in the log, or no longer. */
    public Optional<OffsetRecord> offsets(long batchId) {
        return Optional.ofNullable(offsets.get(batchId));
    }

    /** The logged rows of a source in batch {@code batchId}, the last in the log; null if there are none. */
    public @Nullable List<Batch> input(long batchId, int source, Schema schema) throws IOException {
        byte[] bytes = batchId == inputBatch ? input.get(source) : null;
        if (bytes == null) {
            return null;
        }
        var rows = new ArrayList<Batch>();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                rows.add(BatchCodec.read(in, schema));
            }
        }
        return rows;
    }

    /**
     * Makes the log ready to be written.
     *
     * @param proven a batch that state or sink prove to have been logged durably; −1 if they prove nothing
     * @throws org.tailrace.error.CheckpointException TR-602 if the log lacks what was durable
     */
    void start(long proven) throws IOException {
        long last = offsets.isEmpty() ? -1 : offsets.lastKey();
        long lastCommitted = lastCommitted();
        if (proven > last || torn >= 0 && proven >= torn || last > lastCommitted + 1) {
            Path file = segments.isEmpty() ? directory : segments.lastEntry().getValue();
            throw Damage.file(
                    file,
                    "batch " + Math.max(proven, Math.max(torn, last))
                            + " had been logged durably, but the log is whole only up to batch "
                            + (last > lastCommitted + 1 ? lastCommitted : last));
        }
        FrameFile.Scan scan = tail;
        if (scan == null) {
            current = FrameFile.create(files, segment(0), checkpoint);
            segments.put(0L, current.path());
            return;
        }
        Path segment = segments.lastEntry().getValue();
        // What follows its last fsync is not proven.
        current = FrameFile.anew(files, segment, scan);
        settled = lastCommitted;
    }

    private Path segment(long first) {
        return directory.resolve(Names.of(Names.BATCHES, first));
    }

    private FrameFile current() {
        FrameFile file = current;
        if (file == null) {
            throw new IllegalStateException("the log has not been started");
        }
        return file;
    }

    /** Logs a batch and makes it durable. */
    public void log(OffsetRecord record, List<? extends @Nullable List<Batch>> rows) throws IOException {
        if (current().size() > SEGMENT_BYTES) {
            rotate(record.batchId());
        }
        for (int source = 0; source < rows.size(); source++) {
            List<Batch> given = rows.get(source);
            if (given != null) {
                current().append(Frame.INPUT, input(record.batchId(), source, given));
            }
        }
        current().append(Frame.OFFSETS, Frame.payload(out -> LogRecords.write(out, record)));
        sync();
        offsets.put(record.batchId(), record);
        offsets.headMap(record.batchId() - RETAIN).clear();
        commits.headMap(record.batchId() - RETAIN).clear();
    }

    private static byte[] input(long batchId, int source, List<Batch> rows) {
        return Frame.payload(out -> {
            out.writeLong(batchId);
            out.writeInt(source);
            out.writeInt(rows.size());
            for (Batch batch : rows) {
                BatchCodec.write(out, batch);
            }
        });
    }

    /** Notes that a batch is done; durable with the next {@link #log} or {@link #sync}. */
    public void commit(CommitRecord record) throws IOException {
        current().append(Frame.COMMIT, Frame.payload(out -> LogRecords.write(out, record)));
        commits.put(record.batchId(), record);
    }

    public void sync() throws IOException {
        current().sync();
        settled = lastCommitted();
    }

    /** The last batch whose commit is durable. */
    public long settled() {
        return settled;
    }

    private void rotate(long first) throws IOException {
        sync();
        current().close();
        current = FrameFile.create(files, segment(first), checkpoint);
        segments.put(first, current.path());
        // The files before the one that holds the oldest batch to keep.
        Long oldest = segments.floorKey(first - RETAIN);
        if (oldest != null) {
            for (Path segment : segments.headMap(oldest).values()) {
                files.delete(segment);
            }
            segments.headMap(oldest).clear();
        }
    }

    @Override
    public void close() throws IOException {
        FrameFile file = current;
        if (file != null) {
            file.close();
        }
    }
}
