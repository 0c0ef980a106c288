package org.tailrace.state;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;
import org.tailrace.report.BatchReport;

/**
 * The last batches, for time travel: what each read, what came out, and why nothing did. At least 100 of them, or those
 * that fit into 64 MB.
 *
 * <p>Nothing rests on it. So it costs no fsync; what a crash or rot has damaged is left out and not an error; and a batch
 * that a power loss takes back may be in it, to be replaced by the very same one. The query's thread writes; any thread
 * reads, also what is being written.
 */
public final class KeptLog implements AutoCloseable {
    private static final int KEPT = 100;
    private static final long KEPT_BYTES = 64L << 20;
    /** A file goes as a whole, so it holds a part of what is kept. */
    private static final int FILE_BATCHES = 20;

    private static final long FILE_BYTES = 8L << 20;

    private final FileSystem files;
    private final Path directory;
    private final String checkpoint;
    /** Sizes of the files before the current one, by their first batch. */
    private final NavigableMap<Long, Long> sizes = new TreeMap<>();

    private @Nullable FrameFile current;
    private long first;

    KeptLog(FileSystem files, Path directory, String checkpoint) {
        this.files = files;
        this.directory = directory;
        this.checkpoint = checkpoint;
    }

    private Path path(long from) {
        return directory.resolve(Names.of(Names.KEPT, from));
    }

    /** Makes it ready to be written. */
    void start() throws IOException {
        for (FileSystem.Entry entry : files.list(directory)) {
            OptionalLong number = Names.number(Names.KEPT, entry.path());
            if (number.isPresent()) {
                sizes.put(number.getAsLong(), entry.size());
            }
        }
        if (sizes.isEmpty()) {
            return;
        }
        Path newest = path(sizes.lastKey());
        try {
            FrameFile.Scan scan = FrameFile.walk(files, newest, checkpoint, (frame, end) -> true);
            if (!scan.damaged()) {
                first = sizes.lastKey();
                sizes.remove(first);
                current = FrameFile.behind(files, newest, scan);
            }
        } catch (CheckpointException e) {
            // Of another checkpoint, or without a whole header: the next batch begins a file of its own.
        }
    }

    /** Adds a batch that is done. */
    public void add(BatchReport report) throws IOException {
        FrameFile file = current;
        long batch = report.batchId();
        boolean full = file != null && (file.size() > FILE_BYTES || batch >= first + FILE_BATCHES);
        if (file == null || full || batch < first) {
            if (file != null) {
                file.close();
                sizes.put(first, file.size());
            }
            first = batch;
            file = FrameFile.createLoosely(files, path(batch), checkpoint);
            sizes.remove(batch);
            current = file;
            purge();
        }
        file.append(Frame.KEPT, Frame.payload(out -> KeptRecords.write(out, report)));
    }

    private void purge() throws IOException {
        long bytes = sizes.values().stream().mapToLong(Long::longValue).sum() + FILE_BYTES;
        while (!sizes.isEmpty()) {
            Long second = sizes.higherKey(sizes.firstKey());
            boolean old = (second == null ? first : second) <= first - KEPT;
            if (!old && bytes <= KEPT_BYTES) {
                return;
            }
            bytes -= sizes.firstEntry().getValue();
            files.delete(path(sizes.pollFirstEntry().getKey()));
        }
    }

    private interface Visitor {
        void batch(long batchId, DataInputStream in) throws IOException;
    }

    private void read(Visitor visitor) throws IOException {
        for (FileSystem.Entry entry : files.list(directory)) {
            if (Names.number(Names.KEPT, entry.path()).isPresent()) {
                try {
                    FrameFile.walk(files, entry.path(), checkpoint, (frame, end) -> {
                        try (DataInputStream in = frame.data()) {
                            visitor.batch(in.readLong(), in);
                        }
                        return true;
                    });
                } catch (CheckpointException e) {
                    // As if it were not there.
                }
            }
        }
    }

    /** A kept batch; empty if it is too old or never was. */
    public Optional<BatchReport> batch(long id) {
        BatchReport[] found = new BatchReport[1];
        try {
            read((batch, in) -> {
                if (batch == id) {
                    found[0] = KeptRecords.read(batch, in);
                }
            });
        } catch (IOException e) {
            throw Damage.io(directory, "read", e);
        }
        return Optional.ofNullable(found[0]);
    }

    /** The batches that are kept. */
    public SortedSet<Long> batches() {
        var found = new TreeSet<Long>();
        try {
            read((batch, in) -> found.add(batch));
        } catch (IOException e) {
            throw Damage.io(directory, "read", e);
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        FrameFile file = current;
        current = null;
        if (file != null) {
            file.close();
        }
    }
}
