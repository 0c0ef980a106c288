package org.tailrace.state;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;
import org.tailrace.report.CheckpointReport;
import org.tailrace.report.CheckpointReport.LoggedBatch;
import org.tailrace.report.CheckpointReport.LoggedFile;

/**
 * Looks into a checkpoint without taking its lock, changing anything or knowing its query: every record of every file is
 * read and checked, and what is wrong is noted and passed over. Beside a running query the newest record may be half
 * written, which then looks like damage at the end of its file.
 */
public final class CheckpointInspection {
    private final FileSystem files;
    private final Path directory;
    private final List<LoggedFile> health = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final NavigableMap<Long, OffsetRecord> offsets = new TreeMap<>();
    private final NavigableMap<Long, CommitRecord> commits = new TreeMap<>();
    private final NavigableMap<Long, Long> inputBytes = new TreeMap<>();
    private final StateFigures stores = new StateFigures();
    private @Nullable Metadata metadata;

    private CheckpointInspection(FileSystem files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    /**
     * @param readsLock whether the lock file may be opened. A process that itself holds the lock must not: closing the
     *     file would free it
     * @throws CheckpointException TR-609 if there is no checkpoint, TR-606 if the folder cannot be read
     */
    public static CheckpointReport of(FileSystem files, Path folder, boolean readsLock) {
        var inspection = new CheckpointInspection(files, folder.toAbsolutePath().normalize());
        try {
            return inspection.report(readsLock);
        } catch (IOException e) {
            throw Damage.io(inspection.directory, "read", e);
        }
    }

    private CheckpointReport report(boolean readsLock) throws IOException {
        List<FileSystem.Entry> entries = files.list(directory);
        boolean any = entries.stream()
                .anyMatch(entry -> logged(entry.path()) || name(entry).equals(Names.METADATA));
        if (!any) {
            throw new CheckpointException(Problem.of("TR-609", "there is no checkpoint in " + directory)
                    .fix("name the folder that was given to checkpoint(..)"));
        }
        readMetadata();
        Path lastLog = null;
        for (FileSystem.Entry entry : entries) {
            lastLog = Names.number(Names.BATCHES, entry.path()).isPresent() ? entry.path() : lastLog;
        }
        String holder = "";
        for (FileSystem.Entry entry : entries) {
            if (logged(entry.path())) {
                read(entry, entry.path().equals(lastLog));
            } else if (readsLock && name(entry).equals(Names.LOCK)) {
                holder = new String(files.read(entry.path()), StandardCharsets.UTF_8);
            } else if (name(entry).endsWith(Names.TEMPORARY)) {
                health.add(new LoggedFile(
                        name(entry), entry.size(), 0, "left behind unfinished; the next start deletes it"));
            }
        }
        checkOrder();
        Metadata found = metadata;
        return new CheckpointReport(
                directory.toString(),
                found == null ? "" : found.id(),
                found == null ? 0 : found.epoch(),
                holder,
                found == null ? Map.of() : found.settings(),
                found == null ? List.of() : found.fingerprint(),
                batches(),
                stores.all(),
                health,
                problems);
    }

    private static String name(FileSystem.Entry entry) {
        return entry.path().getFileName().toString();
    }

    private static boolean logged(Path path) {
        return List.of(Names.BATCHES, Names.CHANGES, Names.SNAPSHOT, Names.KEPT).stream()
                .anyMatch(prefix -> Names.number(prefix, path).isPresent());
    }

    private void readMetadata() throws IOException {
        Path file = directory.resolve(Names.METADATA);
        if (!files.exists(file)) {
            problems.add("metadata: it is missing, so nobody can tell which query this is");
            return;
        }
        String said = "ok";
        try {
            metadata = Metadata.read(files, directory);
        } catch (CheckpointException e) {
            said = words(e);
            problems.add("metadata: " + said);
        }
        health.add(new LoggedFile(Names.METADATA, files.status(file).size(), 1, said));
    }

    private static String words(CheckpointException e) {
        List<String> lines = e.problem().text().lines().toList();
        return lines.size() > 1
                ? lines.get(1).strip().replaceFirst("^(why|have) +", "")
                : e.problem().what();
    }

    private void read(FileSystem.Entry entry, boolean newestLog) throws IOException {
        Metadata owner = metadata;
        String name = name(entry);
        long records = 0;
        String said = "ok";
        boolean[] ended = {false};
        boolean kept = Names.number(Names.KEPT, entry.path()).isPresent();
        try {
            OptionalLong snapshot = Names.number(Names.SNAPSHOT, entry.path());
            FrameFile.Scan scan =
                    FrameFile.walk(files, entry.path(), owner == null ? null : owner.id(), (frame, end) -> {
                        ended[0] |= frame.kind() == Frame.END;
                        take(frame, snapshot);
                        return true;
                    });
            records = scan.frames() - 1;
            if (scan.damaged()) {
                said = "record " + scan.frames() + " at byte " + scan.end()
                        + " is not whole, or its checksum is not right; " + (entry.size() - scan.end())
                        + " bytes follow";
                if (kept) {
                    said += " (past batches for time travel, on which nothing rests)";
                } else if (newestLog) {
                    said += " (at the end of the newest log a crash leaves such a record: it is cut off at the next"
                            + " start, unless something later proves that it had been durable)";
                }
            } else if (snapshot.isPresent() && !ended[0]) {
                said = "it is not whole: its last record is missing";
            }
        } catch (CheckpointException e) {
            said = words(e);
        }
        if (!said.equals("ok") && !kept) {
            problems.add(name + ": " + said);
        }
        health.add(new LoggedFile(name, entry.size(), records, said));
    }

    private void take(Frame frame, OptionalLong snapshot) throws IOException {
        try (DataInputStream in = frame.data()) {
            switch (frame.kind()) {
                case Frame.OFFSETS:
                    OffsetRecord planned = LogRecords.readOffsets(in);
                    offsets.put(planned.batchId(), planned);
                    break;
                case Frame.COMMIT:
                    CommitRecord done = LogRecords.readCommit(in);
                    commits.put(done.batchId(), done);
                    break;
                case Frame.INPUT:
                    inputBytes.merge(in.readLong(), (long) frame.payload().length, Long::sum);
                    break;
                case Frame.CHANGES:
                    stores.changes(in);
                    break;
                case Frame.ROWS:
                    stores.rows(snapshot.orElse(-1), in, frame.payload().length);
                    break;
                case Frame.KEPT:
                    break;
                default:
                    stores.snapshot(snapshot.orElse(-1));
            }
        }
    }

    private void checkOrder() {
        long before = -1;
        for (long batch : offsets.keySet()) {
            if (before >= 0 && batch != before + 1) {
                problems.add("batches " + (before + 1) + " to " + (batch - 1) + " are missing in the log");
            }
            before = batch;
        }
        if (!commits.isEmpty() && !stores.all().isEmpty() && stores.last() < commits.lastKey()) {
            problems.add("batch " + commits.lastKey() + " is committed, but the state is whole only up to batch "
                    + stores.last());
        }
    }

    private List<LoggedBatch> batches() {
        var all = new ArrayList<LoggedBatch>();
        for (OffsetRecord record : offsets.values()) {
            CommitRecord commit = commits.get(record.batchId());
            all.add(new LoggedBatch(
                    record.batchId(),
                    record.batchTimeMs(),
                    record.watermarkMs(),
                    record.noData(),
                    record.ranges().stream().map(CheckpointInspection::range).toList(),
                    inputBytes.getOrDefault(record.batchId(), 0L),
                    commit != null,
                    commit != null && commit.skipped()));
        }
        return all;
    }

    private static String range(OffsetRecord.Range range) {
        String from = range.from() == null ? "start" : range.from();
        return range.to() == null ? "nothing new after " + from : from + " to " + range.to();
    }
}
