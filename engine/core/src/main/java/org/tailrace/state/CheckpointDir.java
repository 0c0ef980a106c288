package org.tailrace.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.Environment;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;

/**
 * The folder of a query's checkpoint, locked as long as it is open.
 *
 * <pre>
 *  lock                    who has it open
 *  metadata                which query it is, its settings and what of its plan matters
 *  batches-…               write-ahead log: offsets, logged input, commits      ({@link BatchLog})
 *  changes-… snapshot-…    state of the stateful operators                     ({@link StateStore})
 *  kept-…                  past batches, for time travel; nothing rests on them ({@link KeptLog})
 *  sources/i/              what source i remembers by itself
 * </pre>
 *
 * Opening follows RELIABILITY rule 4: lock, delete temporary files, make everything durable once more (what can be seen
 * after a crash need not survive the next one), verify. Nothing else is written before {@link #start}.
 */
public final class CheckpointDir implements AutoCloseable {
    private final Environment environment;
    private final FileSystem files;
    private final Path directory;
    private final FileSystem.Lock lock;
    private @Nullable Metadata metadata;
    private @Nullable BatchLog log;
    private @Nullable StateStore state;
    private @Nullable KeptLog kept;
    /** Read by any thread. */
    private volatile boolean closed;

    private CheckpointDir(Environment environment, Path directory, FileSystem.Lock lock) {
        this.environment = environment;
        this.files = new FencedFiles(environment.files(), lock, directory);
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * @param holder what others are told who has it open
     * @throws CheckpointException TR-601 if it has logs but no metadata, TR-602 if it is damaged, TR-603 if it is in use,
     *     TR-605 if its format is unknown, TR-606 if it cannot be read or written, TR-607 if it is a symbolic link
     */
    public static CheckpointDir open(Environment environment, Path path, String holder) {
        Path directory = path.toAbsolutePath().normalize();
        try {
            FileSystem files = environment.files();
            files.createDirectories(directory);
            Path real = files.realPath(Names.parent(directory)).resolve(directory.getFileName());
            if (!files.realPath(directory).equals(real)) {
                throw Damage.link(directory, files.realPath(directory));
            }
            var dir = new CheckpointDir(environment, directory, lock(environment, directory, holder));
            try {
                dir.clean();
                dir.read();
                return dir;
            } catch (IOException | RuntimeException | Error e) {
                dir.close();
                throw e;
            }
        } catch (IOException e) {
            throw Damage.io(directory, "opened", e);
        }
    }

    private static FileSystem.Lock lock(Environment environment, Path directory, String holder) throws IOException {
        Instant since = Instant.ofEpochMilli(environment.clock().currentTimeMs());
        try {
            return environment.files().lock(directory.resolve(Names.LOCK), holder + ", since " + since);
        } catch (FileSystem.LockedException e) {
            throw Damage.inUse(directory, e.holder());
        }
    }

    private void clean() throws IOException {
        for (FileSystem.Entry entry : files.list(directory)) {
            String name = entry.path().getFileName().toString();
            if (name.endsWith(Names.TEMPORARY)) {
                files.delete(entry.path());
            } else if (!entry.directory() && !name.equals(Names.LOCK) && !name.startsWith(Names.KEPT)) {
                // Visible is not durable: a crash now must not take away what recovery builds on.
                try (FileSystem.Output out = files.append(entry.path())) {
                    out.sync();
                }
            }
        }
        files.syncDirectory(directory);
    }

    private void read() throws IOException {
        if (files.exists(directory.resolve(Names.METADATA))) {
            Metadata found = Metadata.read(files, directory);
            metadata = found;
            log = BatchLog.open(files, directory, found.id());
            return;
        }
        for (FileSystem.Entry entry : files.list(directory)) {
            for (String prefix : List.of(Names.BATCHES, Names.CHANGES, Names.SNAPSHOT)) {
                if (Names.number(prefix, entry.path()).isPresent()) {
                    throw Damage.missing(directory);
                }
            }
        }
    }

    /** Empty if the checkpoint is new. */
    public Optional<Metadata> metadata() {
        return Optional.ofNullable(metadata);
    }

    /** Says which query this is, from now on. */
    public void write(Metadata now) {
        try {
            now.write(files, directory);
            if (log == null) {
                log = BatchLog.open(files, directory, now.id());
            }
            metadata = now;
        } catch (IOException e) {
            throw Damage.io(directory, "written", e);
        }
    }

    public BatchLog log() {
        BatchLog open = log;
        if (open == null) {
            throw new IllegalStateException("the checkpoint has no metadata yet");
        }
        return open;
    }

    /** After {@link #start}. */
    public KeptLog kept() {
        KeptLog open = kept;
        if (open == null) {
            throw new IllegalStateException("the checkpoint has not been started");
        }
        return open;
    }

    /** A folder for what a source remembers by itself. */
    public Path source(int number) {
        Path folder = directory.resolve(Names.SOURCES).resolve(String.valueOf(number));
        try {
            files.createDirectories(folder);
            return folder;
        } catch (IOException e) {
            throw Damage.io(folder, "made", e);
        }
    }

    /**
     * Verifies that nothing durable is missing and makes logs and state ready to be written.
     *
     * @param sinkCommitted the last batch that the sink knows to be committed
     * @param done a batch that the caller itself has committed, which the log may have lost since; null for none
     * @return the state after the last committed batch
     */
    public StateStore start(
            List<StateLog.Layout> layouts, OptionalLong sinkCommitted, long compactBytes, @Nullable CommitRecord done) {
        try {
            BatchLog batches = log();
            var found = new StateFiles(files, directory, batches.checkpoint(), layouts);
            found.list();
            long version = found.lastVersion();
            batches.start(Math.max(version, sinkCommitted.orElse(-1)));
            if (done != null && batches.lastCommitted() == done.batchId() - 1) {
                batches.commit(done);
            }
            long committed = batches.lastCommitted();
            if (!layouts.isEmpty() && version < committed) {
                throw Damage.file(
                        directory,
                        "batch " + committed + " is committed, but the state is whole only up to batch " + version);
            }
            var past = new KeptLog(files, directory, batches.checkpoint());
            kept = past;
            past.start();
            var store = new StateStore(environment, found, compactBytes);
            state = store;
            store.start(committed);
            return store;
        } catch (IOException e) {
            throw Damage.io(directory, "read", e);
        }
    }

    /**
     * Makes sure that nobody has taken the checkpoint over: a process that was stopped for a while does not notice when its
     * lock file is removed and another starts.
     *
     * <p>What is logged before this succeeds is in the log that a successor reads, which then runs the very same batch; what
     * is logged after a successor has begun is not, and this fails. So who calls it between the log and the sink never gives
     * the sink another batch than the successor does.
     *
     * @throws CheckpointException TR-608 if somebody has
     */
    public void fence() throws IOException {
        if (!lock.held()) {
            throw Damage.takenOver(directory);
        }
    }

    /**
     * What a failure of anything that this query does may come from: that the checkpoint was taken over while it was open. The
     * successor clears away what is unfinished, so that its predecessor stumbles anywhere.
     */
    public Optional<CheckpointException> takenOver() throws IOException {
        return closed || lock.held() ? Optional.empty() : Optional.of(Damage.takenOver(directory));
    }

    public Path directory() {
        return directory;
    }

    /** Frees the lock last. */
    @Override
    public void close() {
        closed = true;
        for (AutoCloseable part : new @Nullable AutoCloseable[] {state, kept, log, lock}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                // Everything that counts has been synced; a file that does not close loses nothing.
            }
        }
        state = null;
        log = null;
    }
}
