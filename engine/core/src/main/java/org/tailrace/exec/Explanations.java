package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.report.BatchReport.WindowSummary;

/** Says in words why nothing came out and what would change that. */
final class Explanations {
    /** Clocks differ a little; this much is no little. */
    private static final long AHEAD_MS = 3_600_000;

    private final WatermarkTracker watermarks;
    private final TimeText text;

    Explanations(WatermarkTracker watermarks, TimeText text) {
        this.watermarks = watermarks;
        this.text = text;
    }

    /** Whole clauses. */
    List<String> of(List<WindowSummary> windows, long resultRows, long nextWatermarkMs, long batchTimeMs) {
        var all = new ArrayList<String>();
        watermarks.inputs().forEach(input -> future(input, batchTimeMs, all));
        if (watermarks.any() && resultRows == 0) {
            windows(windows, nextWatermarkMs, all);
        }
        if (watermarks.inputs().size() > 1) {
            holder(nextWatermarkMs, all);
        }
        return all;
    }

    /** One clock that is set wrong makes everything late that others send; that must not happen in silence. */
    private void future(EventTimes input, long batchTimeMs, List<String> all) {
        if (input.asideRows() > 0) {
            all.add(input.asideRows() + (input.asideRows() == 1 ? " row" : " rows") + " of " + input.source()
                    + " too far in the future, kept aside among the bad rows: "
                    + input.aside().get(0).raw());
        }
        if (input.seen()
                && input.watermarkMs() > input.watermarkBeforeMs()
                && input.watermarkMs() > batchTimeMs + AHEAD_MS) {
            all.add("an event of " + text.ms(input.maxMs()) + " from " + input.source()
                    + " lies in the future: the watermark moved from " + text.ms(input.watermarkBeforeMs()) + " to "
                    + text.ms(input.watermarkMs())
                    + ", and what is older than that is late now; maxFutureSkew(\"1 hour\") on the source keeps such events"
                    + " aside");
        }
    }

    private void windows(List<WindowSummary> windows, long nextWatermarkMs, List<String> all) {
        long open = windows.stream()
                .filter(w -> w.phase() == WindowSummary.Phase.OPEN)
                .count();
        long closing = windows.stream()
                .filter(w -> w.phase() == WindowSummary.Phase.CLOSING)
                .count();
        if (closing > 0) {
            all.add(closing + (closing == 1 ? " window is" : " windows are") + " complete: the next batch closes "
                    + (closing == 1 ? "it" : "them"));
        } else if (open > 0) {
            long end = windows.stream()
                    .filter(w -> w.phase() == WindowSummary.Phase.OPEN)
                    .mapToLong(WindowSummary::endMs)
                    .min()
                    .orElse(nextWatermarkMs);
            long delay = watermarks.inputs().stream()
                    .mapToLong(EventTimes::delayMs)
                    .max()
                    .orElse(0);
            all.add(open + (open == 1 ? " window" : " windows") + " open; the first closes when an event of "
                    + text.ms(end + delay) + " or later arrives");
        }
    }

    private void holder(long nextWatermarkMs, List<String> all) {
        EventTimes least = watermarks.inputs().get(0);
        EventTimes most = least;
        for (EventTimes input : watermarks.inputs()) {
            least = input.watermarkMs() < least.watermarkMs() ? input : least;
            most = input.watermarkMs() > most.watermarkMs() ? input : most;
        }
        if (least.watermarkMs() == most.watermarkMs() || nextWatermarkMs >= most.watermarkMs()) {
            return;
        }
        all.add(
                least.watermarkMs() == 0
                        ? "source " + least.source() + " has sent nothing: it holds the watermark at "
                                + text.ms(nextWatermarkMs)
                        : "source " + least.source() + " holds the watermark at " + text.ms(nextWatermarkMs) + "; "
                                + most.source() + " has reached " + text.ms(most.watermarkMs()));
    }
}
