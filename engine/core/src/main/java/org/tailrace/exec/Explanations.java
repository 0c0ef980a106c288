package org.tailrace.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.tailrace.report.BatchReport.WindowSummary;

/**
 * Says in words why nothing came out and what would change that. Each operator that gave nothing says its own; here stands
 * what they share: windows, late rows, and which event would move the watermark far enough.
 */
final class Explanations {
    /** Clocks differ a little; this much is no little. */
    private static final long AHEAD_MS = 3_600_000;

    private static final int NAMED_WINDOWS = 3;

    private final WatermarkTracker watermarks;
    private final TimeText text;
    private final long nextWatermarkMs;
    /** How far an operator's own watermark is behind that of the query, which a join below may hold back. */
    private final long behindMs;

    Explanations(WatermarkTracker watermarks, TimeText text, long nextWatermarkMs) {
        this(watermarks, text, nextWatermarkMs, 0);
    }

    private Explanations(WatermarkTracker watermarks, TimeText text, long nextWatermarkMs, long behindMs) {
        this.watermarks = watermarks;
        this.text = text;
        this.nextWatermarkMs = nextWatermarkMs;
        this.behindMs = behindMs;
    }

    /** Whole clauses. @param usedMs the watermark of the batch */
    List<String> of(List<Operator> operators, long resultRows, long usedMs, long batchTimeMs) {
        var all = new ArrayList<String>();
        watermarks.inputs().forEach(input -> future(input, batchTimeMs, all));
        if (resultRows == 0) {
            for (Operator operator : operators) {
                nothing(operator, usedMs, clause -> {
                    if (!clause.isEmpty() && !all.contains(clause)) {
                        all.add(clause);
                    }
                });
            }
        }
        if (watermarks.inputs().size() > 1) {
            holder(all);
        }
        return all;
    }

    private void nothing(Operator operator, long usedMs, Consumer<String> say) {
        if (operator.outputRows > 0) {
            return;
        }
        if (!(operator instanceof StatefulOperator stateful)) {
            say.accept(operator.nothing());
            return;
        }
        if (stateful.late.rows > 0 && stateful.late.rows >= stateful.inputRows()) {
            say.accept("all " + rows(stateful.late.rows) + " were late: "
                    + stateful.late.samples.get(0).reason());
        }
        long behind = Math.max(0, usedMs - stateful.watermarkMs());
        var here = new Explanations(watermarks, text, nextWatermarkMs, behind);
        List<WindowSummary> windows = stateful.windows(nextWatermarkMs - behind);
        say.accept(watermarks.any() && !windows.isEmpty() ? here.windows(windows) : stateful.nothing(here));
    }

    /** {@code 1 row}, {@code 3 rows}. */
    static String rows(long count) {
        return count(count, "row");
    }

    static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    String time(long timeMs) {
        return text.ms(timeMs);
    }

    /** What must come for the watermark to reach a time, as the end of a sentence: {@code when an event of .. arrives}. */
    String reaching(long timeMs) {
        long wanted = timeMs + behindMs;
        List<EventTimes> lacking = watermarks.inputs().stream()
                .filter(input -> watermarks.greatest() || input.watermarkMs() < wanted)
                .toList();
        if (lacking.isEmpty()) {
            return "with the next batch";
        } else if (watermarks.inputs().size() == 1) {
            return "when an event of " + text.ms(wanted + lacking.get(0).delayMs()) + " or later arrives";
        }
        var each = new ArrayList<String>();
        lacking.forEach(input -> each.add("of " + text.ms(wanted + input.delayMs()) + " from " + input.source()));
        return "when an event " + String.join(watermarks.greatest() ? ", or " : ", and one ", each)
                + ", or later, arrives";
    }

    /** One clock that is set wrong makes everything late that others send; that must not happen in silence. */
    private void future(EventTimes input, long batchTimeMs, List<String> all) {
        if (input.asideRows() > 0) {
            all.add(rows(input.asideRows()) + " of " + input.source()
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

    private String windows(List<WindowSummary> windows) {
        List<WindowSummary> open = windows.stream()
                .filter(w -> w.phase() == WindowSummary.Phase.OPEN)
                .toList();
        long closing = windows.stream()
                .filter(w -> w.phase() == WindowSummary.Phase.CLOSING)
                .count();
        if (closing > 0) {
            return closing + (closing == 1 ? " window is" : " windows are") + " complete: the next batch closes "
                    + (closing == 1 ? "it" : "them");
        } else if (open.isEmpty()) {
            return "";
        }
        long[] ends = open.stream()
                .mapToLong(WindowSummary::endMs)
                .sorted()
                .distinct()
                .toArray();
        return count(open.size(), "window") + " open; the first closes " + reaching(ends[0])
                + others(Arrays.copyOfRange(ends, 1, ends.length));
    }

    /** When the windows after the first close, by their ends. */
    private String others(long[] ends) {
        if (ends.length == 0) {
            return "";
        }
        var out = new StringBuilder(
                ends.length == 1 ? ", the other one when the watermark reaches " : ", the next ones when it reaches ");
        for (int i = 0; i < Math.min(ends.length, NAMED_WINDOWS); i++) {
            out.append(i == 0 ? "" : ", ").append(text.beside(ends[i] * 1000, ends[0] * 1000));
        }
        return out + (ends.length > NAMED_WINDOWS ? " and so on" : "");
    }

    private void holder(List<String> all) {
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
