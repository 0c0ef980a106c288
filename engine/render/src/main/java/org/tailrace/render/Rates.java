package org.tailrace.render;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.report.BatchReport;

/**
 * Input rate, capacity and duration of the batches that read rows: wall-time facts, never drawn of a replay.
 *
 * @param input rows a second that arrived
 * @param capacity rows a second that the engine could have taken
 */
record Rates(long intervalMs, long[] ids, double[] input, double[] capacity, double[] millis) {

    static Rates of(ViewModel model) {
        List<BatchReport> data = new ArrayList<>();
        List<Double> gaps = new ArrayList<>();
        BatchReport before = null;
        for (BatchReport report : model.reports()) {
            if (!report.noData()) {
                data.add(report);
                double gap = before == null ? 0 : report.batchTimeMs() - before.batchTimeMs();
                gaps.add(Math.max(gap, model.info().intervalMs()));
                before = report;
            }
        }
        int count = data.size();
        var rates = new Rates(
                model.info().intervalMs(), new long[count], new double[count], new double[count], new double[count]);
        for (int i = 0; i < count; i++) {
            BatchReport report = data.get(i);
            double ms = Math.max(report.timings().totalNanos() / 1e6, 0.001);
            rates.ids[i] = report.batchId();
            rates.millis[i] = ms;
            rates.capacity[i] = report.inputRows() * 1000 / ms;
            rates.input[i] = report.inputRows() * 1000 / Math.max(gaps.get(i), ms);
        }
        return rates;
    }

    int count() {
        return ids.length;
    }

    double lastInput() {
        return input[count() - 1];
    }

    /** The best guess is the batch that had most to do among the last ones: small batches are all overhead. */
    double lastCapacity() {
        double best = 0;
        for (int i = Math.max(0, count() - 8); i < count(); i++) {
            best = Math.max(best, capacity[i]);
        }
        return best;
    }

    double lastMillis() {
        return millis[count() - 1];
    }

    String sparkline(int most) {
        int from = Math.max(0, count() - most);
        int bars = count() - from;
        double limit = intervalMs;
        double max = limit * 1.1;
        for (int i = from; i < count(); i++) {
            max = Math.max(max, millis[i]);
        }
        int height = 14;
        var svg = new Svg(most * 4, height);
        for (int i = 0; i < bars; i++) {
            double value = millis[from + i];
            double h = Math.max(1, value / Math.max(max, 1e-9) * (height - 1));
            boolean over = limit > 0 && value > limit;
            svg.rect(i * 4, height - h, 3, h, over ? Palette.RED : Palette.BLUE, i == bars - 1 ? 1 : 0.55);
        }
        if (limit > 0) {
            double y = height - limit / max * (height - 1);
            svg.line(0, y, most * 4, y, Palette.GRAY, 1, 0.8, "2 2");
        }
        return svg.image("batch times of the last " + bars + " batches");
    }
}
