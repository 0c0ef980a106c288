package org.tailrace.exec;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.report.BatchReport.WindowSummary;

/** Says in words why nothing came out and what would change that. */
final class Explanations {
    private final WatermarkTracker watermarks;
    private final TimeText text;

    Explanations(WatermarkTracker watermarks, TimeText text) {
        this.watermarks = watermarks;
        this.text = text;
    }

    /** Whole clauses. */
    List<String> of(List<WindowSummary> windows, long resultRows, long nextWatermarkMs) {
        var all = new ArrayList<String>();
        if (watermarks.any() && resultRows == 0) {
            windows(windows, nextWatermarkMs, all);
        }
        if (watermarks.inputs().size() > 1) {
            holder(nextWatermarkMs, all);
        }
        return all;
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
