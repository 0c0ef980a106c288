package org.tailrace.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is inside a checkpoint, as far as it can be read without its query; nothing of it is changed by looking.
 *
 * @param id of the query, empty if it cannot be told
 * @param epoch number of the query's last start
 * @param holder who has it open, or had it open last; empty if that is not told
 * @param plan what of the plan the checkpoint depends on
 * @param batches those in the log, oldest first
 * @param state one entry for each store of an operator with state, in the order of the plan
 * @param problems what is wrong, a whole sentence each
 */
public record CheckpointReport(
        String directory,
        String id,
        long epoch,
        String holder,
        Map<String, String> settings,
        List<String> plan,
        List<LoggedBatch> batches,
        List<Store> state,
        List<LoggedFile> files,
        List<String> problems) {

    public CheckpointReport {
        settings = Map.copyOf(settings);
        plan = List.copyOf(plan);
        batches = List.copyOf(batches);
        state = List.copyOf(state);
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    public boolean healthy() {
        return problems.isEmpty();
    }

    /** The last batch that is done. */
    public OptionalLong lastBatch() {
        return batches.stream()
                .filter(LoggedBatch::committed)
                .mapToLong(LoggedBatch::batchId)
                .max();
    }

    /**
     * @param watermarkMs the watermark that the batch used
     * @param inputBytes logged rows of sources that cannot replay
     * @param skipped the user passed over it
     */
    public record LoggedBatch(
            long batchId,
            long timeMs,
            long watermarkMs,
            boolean noData,
            List<String> ranges,
            long inputBytes,
            boolean committed,
            boolean skipped) {
        public LoggedBatch {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * @param snapshotVersion batch after which the newest snapshot was taken, −1 if there is none
     * @param snapshotRows its rows
     * @param changedTo the newest version that was written since
     * @param written rows written since, some of them perhaps several times
     * @param removed rows removed since
     */
    public record Store(
            long snapshotVersion,
            long snapshotRows,
            long snapshotBytes,
            long changedTo,
            long written,
            long removed,
            long changedBytes) {}

    /** @param health {@code ok}, or what is wrong */
    public record LoggedFile(String name, long bytes, long records, String health) {}
}
