package org.tailrace.render;

import java.time.ZoneId;
import java.util.List;
import org.tailrace.report.CheckpointReport;
import org.tailrace.report.CheckpointReport.LoggedBatch;
import org.tailrace.report.CheckpointReport.LoggedFile;
import org.tailrace.report.CheckpointReport.Store;

/** What is inside a checkpoint, as text for a terminal. */
public final class CheckpointText {
    /** Batches shown; those before them are counted. */
    private static final int BATCHES = 20;

    private static final int RANGE = 160;

    private CheckpointText() {}

    public static String of(CheckpointReport report, ZoneId zone) {
        var out = new StringBuilder();
        line(out, "checkpoint", report.directory());
        line(out, "query", report.id().isEmpty() ? "unknown" : report.id() + ", started " + times(report.epoch()));
        if (!report.holder().isEmpty()) {
            line(out, "lock", "held, or held last, by " + report.holder());
        }
        String last = report.lastBatch().isPresent() ? "#" + report.lastBatch().getAsLong() : "none";
        line(out, "last batch", last);
        report.plan().forEach(part -> line(out, "plan", part));
        report.settings().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(e -> line(out, "setting", e.getKey() + " = " + e.getValue()));
        batches(report.batches(), new Times(zone), out);
        state(report.state(), out);
        files(report.files(), out);
        if (report.healthy()) {
            out.append("\nhealth: every record is whole and its checksum right\n");
        } else {
            out.append("\nhealth: ")
                    .append(Numbers.count(report.problems().size()))
                    .append(" problems\n");
            report.problems()
                    .forEach(p -> out.append("  ! ").append(Escape.plain(p)).append('\n'));
        }
        return out.toString();
    }

    private static String times(long epoch) {
        return epoch == 1 ? "once" : Numbers.count(epoch) + " times";
    }

    private static void line(StringBuilder out, String head, String text) {
        out.append(String.format(java.util.Locale.ROOT, "%-12s", head))
                .append(Escape.plain(text))
                .append('\n');
    }

    private static void batches(List<LoggedBatch> batches, Times times, StringBuilder out) {
        out.append("\nbatches in the log: ")
                .append(Numbers.count(batches.size()))
                .append('\n');
        int from = Math.max(0, batches.size() - BATCHES);
        if (from > 0) {
            out.append("  … ").append(Numbers.count(from)).append(" before these\n");
        }
        for (LoggedBatch batch : batches.subList(from, batches.size())) {
            out.append("  #").append(batch.batchId()).append("  ").append(times.dated(batch.timeMs()));
            if (batch.watermarkMs() > 0) {
                out.append("  watermark ").append(times.dated(batch.watermarkMs()));
            }
            out.append(batch.noData() ? "  no input" : "");
            if (batch.inputBytes() > 0) {
                out.append("  input logged, ").append(Numbers.bytes(batch.inputBytes()));
            }
            out.append(
                            batch.skipped()
                                    ? "  passed over"
                                    : batch.committed() ? "  committed" : "  NOT COMMITTED: runs again")
                    .append('\n');
            if (!batch.noData()) {
                for (String range : batch.ranges()) {
                    String shown = Escape.plain(range);
                    out.append("      ")
                            .append(shown.length() > RANGE ? shown.substring(0, RANGE) + "…" : shown)
                            .append('\n');
                }
            }
        }
    }

    private static void state(List<Store> stores, StringBuilder out) {
        if (!stores.isEmpty()) {
            out.append("\nstate\n");
        }
        for (int i = 0; i < stores.size(); i++) {
            Store store = stores.get(i);
            out.append("  store ").append(i).append(": ");
            if (store.snapshotVersion() < 0) {
                out.append("no snapshot yet");
            } else {
                out.append("snapshot after batch #")
                        .append(store.snapshotVersion())
                        .append(" with ")
                        .append(TableView.rows(store.snapshotRows()))
                        .append(", ")
                        .append(Numbers.bytes(store.snapshotBytes()));
            }
            out.append("; up to batch #")
                    .append(store.changedTo())
                    .append(" written ")
                    .append(TableView.rows(store.written()))
                    .append(", removed ")
                    .append(TableView.rows(store.removed()))
                    .append(", ")
                    .append(Numbers.bytes(store.changedBytes()))
                    .append('\n');
        }
    }

    private static void files(List<LoggedFile> files, StringBuilder out) {
        out.append("\nfiles\n");
        for (LoggedFile file : files) {
            out.append(String.format(
                            java.util.Locale.ROOT,
                            "  %-30s %9s %8s records  ",
                            file.name(),
                            Numbers.bytes(file.bytes()),
                            Numbers.count(file.records())))
                    .append(Escape.plain(file.health()))
                    .append('\n');
        }
    }
}
