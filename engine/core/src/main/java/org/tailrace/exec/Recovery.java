package org.tailrace.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.env.Environment;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;
import org.tailrace.plan.Fingerprint;
import org.tailrace.plan.Settings;
import org.tailrace.spi.Backend.QuerySpec;
import org.tailrace.spi.Source;
import org.tailrace.state.BatchLog;
import org.tailrace.state.CheckpointDir;
import org.tailrace.state.CommitRecord;
import org.tailrace.state.Metadata;
import org.tailrace.state.OffsetRecord;

/**
 * Takes a query up where its checkpoint left it.
 *
 * <ol>
 *   <li>{@link #open}: lock, clean, make durable again, verify checksums; another plan is refused.
 *   <li>The caller builds the plan under the checkpoint's settings and opens sources and sink.
 *   <li>{@link #resume}: what state and sink prove to have happened is compared with the log; the state after the last
 *       committed batch N is loaded; if batch N+1 is in the log, it is run again with the same range, times and seed.
 * </ol>
 */
final class Recovery implements AutoCloseable {
    private final CheckpointDir directory;
    private final Metadata metadata;
    private final boolean resumed;
    private final Environment environment;
    private final String holder;

    private Recovery(
            CheckpointDir directory, Metadata metadata, boolean resumed, Environment environment, String holder) {
        this.directory = directory;
        this.metadata = metadata;
        this.resumed = resumed;
        this.environment = environment;
        this.holder = holder;
    }

    /**
     * @param fingerprint what of the plan a checkpoint depends on
     * @param seed of the query, if the checkpoint is new
     * @throws CheckpointException TR-604 if the checkpoint is of another plan, and as {@link CheckpointDir#open}
     */
    static Recovery open(QuerySpec spec, Path path, List<String> fingerprint, long seed, Environment environment) {
        String holder = "query " + spec.name();
        CheckpointDir directory = CheckpointDir.open(environment, path, holder);
        try {
            Optional<Metadata> found = directory.metadata();
            found.ifPresent(metadata -> compare(directory.directory(), metadata.fingerprint(), fingerprint));
            Metadata metadata = found.map(Metadata::nextEpoch)
                    .orElseGet(() -> new Metadata(
                            environment.randomness().uuid().toString(),
                            1,
                            seed,
                            SettingsText.of(spec.settings()),
                            fingerprint));
            directory.write(metadata);
            return new Recovery(directory, metadata, found.isPresent(), environment, holder);
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    private static void compare(Path directory, List<String> before, List<String> now) {
        if (before.equals(now)) {
            return;
        }
        throw new CheckpointException(Problem.of("TR-604", "checkpoint " + directory + " is of another query")
                .have(Fingerprint.difference(before, now))
                .fix("undo the change, or use another checkpoint folder to start from nothing"));
    }

    String queryId() {
        return metadata.id();
    }

    long epoch() {
        return metadata.epoch();
    }

    long seed() {
        return metadata.seed();
    }

    /** The settings that the checkpoint was made with. */
    Settings settings(Settings session) {
        return SettingsText.read(metadata.settings(), session);
    }

    /** Gives source {@code number} a folder of the checkpoint. */
    void remember(Source source, int number) throws Exception {
        Path folder = directory.source(number);
        try {
            source.rememberIn(folder);
        } catch (IOException e) {
            throw new CheckpointException(
                    Problem.of("TR-606", "checkpoint folder " + folder + " cannot be read and written")
                            .because(Words.of(e))
                            .fix("when the cause is gone, start the query again: it goes on where it stopped"),
                    e);
        }
    }

    DurableJournal journal(PhysicalPlan plan, long compactBytes) {
        return new DurableJournal(
                directory, () -> CheckpointDir.open(environment, directory.directory(), holder), plan, compactBytes);
    }

    /** As {@link Journal#takenOver}. */
    Optional<CheckpointException> takenOver() {
        try {
            return directory.takenOver();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The batch that the query goes on after; −1 for a new one, also if it has a checkpoint without any batch. */
    long lastBatch() {
        return directory.log().lastCommit().map(CommitRecord::batchId).orElse(-1L);
    }

    boolean resumed() {
        return resumed;
    }

    /** After {@link DurableJournal#start}: state, watermarks, positions, and the batch that is to be run again. */
    void resume(LoopParts parts, BatchRunner batches) throws Exception {
        BatchLog log = directory.log();
        Optional<CommitRecord> commit = log.lastCommit();
        long last = lastBatch();
        @Nullable OffsetRecord again = log.offsets(last + 1).orElse(null);
        if (again != null) {
            checkSources(again, parts);
            for (int i = 0; i < parts.sources().size(); i++) {
                SourceInput source = parts.sources().get(i);
                source.moveTo(again.ranges().get(i).from());
                List<Batch> rows = log.input(last + 1, i, source.node.spec().schema());
                if (rows != null) {
                    source.keep(rows);
                }
            }
        }
        if (commit.isEmpty()) {
            batches.resume(-1, 0, 0, again == null ? Long.MIN_VALUE : again.batchTimeMs(), again);
            return;
        }
        OffsetRecord done = log.offsets(last)
                .orElseThrow(
                        () -> new CheckpointException(
                                Problem.of("TR-602", "checkpoint " + directory.directory() + " is damaged")
                                        .because("batch " + last + " is committed, but what it read is not in the log")
                                        .fix(
                                                "start the query with another checkpoint folder, or remove this one to start from nothing")));
        checkSources(done, parts);
        for (int i = 0; i < parts.sources().size(); i++) {
            parts.sources().get(i).moveTo(done.ranges().get(i).end());
        }
        parts.plan().load(last);
        parts.plan()
                .restoreWatermarks(commit.get().watermarksMs().stream()
                        .mapToLong(Long::longValue)
                        .toArray());
        batches.resume(last, done.watermarkMs(), commit.get().nextWatermarkMs(), done.batchTimeMs(), again);
    }

    private void checkSources(OffsetRecord record, LoopParts parts) {
        if (record.ranges().size() != parts.sources().size()) {
            throw new CheckpointException(
                    Problem.of("TR-604", "checkpoint " + directory.directory() + " is of another query")
                            .have("it has " + record.ranges().size() + " sources, the query "
                                    + parts.sources().size())
                            .fix("undo the change, or use another checkpoint folder to start from nothing"));
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
