package org.tailrace.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tailrace.report.BatchReport;
import org.tailrace.report.BatchReport.TimePoint;
import org.tailrace.report.BatchReport.WindowSummary;
import org.tailrace.report.BatchReport.WindowSummary.Phase;

/**
 * The signature view: event time upwards, arrival time to the right. Each window is a box from its first row to the batch
 * that made it final; the watermark climbs in steps; a row that came too late is a ×.
 *
 * <pre>
 *  event │            ┌ ─ ─ ┐ open
 *  time  │      ┌─────┤·  ──┼──── watermark
 *        │ ┌────┤·  ──┼─────┘ final
 *        │ │ ·──┼─────┘  ×
 *        └─┴────────────────── arrival time
 * </pre>
 */
final class WatermarkChart {
    private static final int MOST_WINDOWS = 12;
    private static final int MOST_POINTS = 300;
    private static final double LEFT = 62;
    private static final double RIGHT = 104;
    private static final double TOP = 22;
    private static final double BOTTOM = 40;
    private static final int HEIGHT = 356;

    private final ViewModel model;
    private final Times times;
    private final Svg svg = new Svg(Html.WIDTH, HEIGHT);
    private final double right = svg.width - RIGHT;
    private final double base = HEIGHT - BOTTOM;
    private final List<WindowSummary> windows;
    private long fromEvent;
    private long toEvent;
    private long fromArrival;
    private long toArrival;
    private long late;

    private WatermarkChart(ViewModel model) {
        this.model = model;
        times = new Times(model.info().zone());
        windows = windows(model.reports());
    }

    static Section of(ViewModel model) {
        if (model.info().delayMs() < 0) {
            return note("this query has no watermark: .withWatermark(\"ts\", \"10 seconds\") gives it one");
        }
        var chart = new WatermarkChart(model);
        return chart.ranges() ? chart.draw() : note("no row with an event time has arrived yet");
    }

    private static Section note(String text) {
        return new Section(Html.caption(Escape.markup(text)), text + "\n");
    }

    /** The newest word on each window, by end. */
    private static List<WindowSummary> windows(List<BatchReport> reports) {
        Map<Long, WindowSummary> byStart = new LinkedHashMap<>();
        for (BatchReport report : reports) {
            for (WindowSummary window : report.windows()) {
                byStart.put(window.startMs(), window);
            }
        }
        var all = new ArrayList<>(byStart.values());
        all.sort(Comparator.comparingLong(WindowSummary::endMs));
        return all.size() <= MOST_WINDOWS ? all : all.subList(all.size() - MOST_WINDOWS, all.size());
    }

    private boolean ranges() {
        fromEvent = Long.MAX_VALUE;
        toEvent = Long.MIN_VALUE;
        fromArrival = Long.MAX_VALUE;
        toArrival = Long.MIN_VALUE;
        for (WindowSummary window : windows) {
            fromEvent = Math.min(fromEvent, window.startMs());
            toEvent = Math.max(toEvent, window.endMs());
            fromArrival = Math.min(fromArrival, window.openedMs());
        }
        for (BatchReport report : model.reports()) {
            for (TimePoint point : report.points()) {
                if (windows.isEmpty()) {
                    fromEvent = Math.min(fromEvent, point.eventTimeMs());
                    toEvent = Math.max(toEvent, point.eventTimeMs());
                    fromArrival = Math.min(fromArrival, point.arrivalMs());
                }
            }
            toArrival = Math.max(toArrival, report.batchTimeMs());
        }
        if (fromEvent > toEvent) {
            return false;
        }
        if (fromArrival >= toArrival) {
            fromArrival = toArrival - Math.max(1000, toEvent - fromEvent);
        }
        if (fromEvent == toEvent) {
            toEvent++;
        }
        return true;
    }

    private double x(long arrivalMs) {
        double part = (arrivalMs - fromArrival) / (double) (toArrival - fromArrival);
        return LEFT + Math.max(0, Math.min(1, part)) * (right - LEFT);
    }

    private double y(long eventMs) {
        double part = (eventMs - fromEvent) / (double) (toEvent - fromEvent);
        return base - Math.max(0, Math.min(1, part)) * (base - TOP);
    }

    private Section draw() {
        axes();
        long from = Math.max(fromArrival, fromEvent);
        long to = Math.min(toArrival, toEvent);
        if (from < to) {
            svg.line(x(from), y(from), x(to), y(to), Palette.GRAY, 1, 0.45, "1 3");
        }
        boxes();
        points();
        steps();
        legend();
        long open = windows.stream().filter(w -> w.phase() != Phase.FINAL).count();
        String alt = "Event time against arrival time with the watermark; " + late
                + " rows of the batches shown arrived after their window had closed; " + open + " windows open";
        String delay = Numbers.duration(model.info().delayMs());
        String subtitle =
                (windows.isEmpty() ? "the " : "each box is one window: it opens at its first row and closes when the ")
                        + Html.coloured("watermark", Palette.ORANGE) + " (newest event time " + Numbers.MINUS + " "
                        + delay
                        + ")" + (windows.isEmpty() ? " says which rows are too late" : " passes its end");
        String title = "Watermark: which windows are final, which rows came too late";
        return new Section(Html.figure(title, subtitle, svg.image(alt)), text());
    }

    private void axes() {
        svg.text(0, 10, "event time", Palette.GRAY, Svg.Anchor.START, 10.5, false);
        String below = "processing time (when the row arrived)";
        svg.text(LEFT + (right - LEFT) / 2, base + 32, below, Palette.GRAY, Svg.Anchor.MIDDLE, 10.5, false);
        long step = Ticks.step(toEvent - fromEvent, 10);
        for (long t = Ticks.first(fromEvent, step); t <= toEvent; t += step) {
            svg.line(LEFT, y(t), right, y(t), Palette.GRID, 1, 0.22);
            svg.text(LEFT - 6, y(t) + 4, times.tick(t, step), Palette.GRAY, Svg.Anchor.END, 10, false);
        }
        step = Ticks.step(toArrival - fromArrival, 9);
        for (long t = Ticks.first(fromArrival, step); t <= toArrival; t += step) {
            svg.line(x(t), base, x(t), base + 4, Palette.GRID, 1, 0.6);
            svg.text(x(t), base + 15, times.tick(t, step), Palette.GRAY, Svg.Anchor.MIDDLE, 10, false);
        }
        svg.line(LEFT, base, right, base, Palette.GRID, 1, 0.6);
    }

    private void boxes() {
        double labelled = Double.POSITIVE_INFINITY;
        for (WindowSummary window : windows) {
            boolean closed = window.phase() == Phase.FINAL;
            double left = x(window.openedMs());
            double end = closed && window.closedMs() >= 0 ? x(window.closedMs()) : right;
            double top = y(window.endMs());
            double bottom = y(window.startMs());
            String colour = closed ? Palette.GRAY : Palette.BLUE;
            svg.box(
                    left,
                    top + 1,
                    Math.max(2, end - left),
                    bottom - top - 2,
                    colour,
                    closed ? 0.13 : 0.16,
                    closed ? 0.35 : 0.7,
                    !closed);
            double y = (top + bottom) / 2 + 4;
            if (labelled - y < 13) {
                continue;
            }
            labelled = y;
            svg.text(right + 8, y, TableView.rows(window.rows()), colour, Svg.Anchor.START, 11, !closed);
            svg.text(svg.width, y, word(window.phase()), colour, Svg.Anchor.END, 10, false);
        }
    }

    private static String word(Phase phase) {
        return phase == Phase.FINAL ? "final" : phase == Phase.CLOSING ? "closing" : "open";
    }

    private void points() {
        var shown = new ArrayList<TimePoint>();
        for (BatchReport report : model.reports()) {
            for (TimePoint point : report.points()) {
                if (point.eventTimeMs() < fromEvent || point.arrivalMs() < fromArrival) {
                    continue;
                }
                if (point.late()) {
                    late++;
                    svg.cross(x(point.arrivalMs()), y(point.eventTimeMs()));
                } else {
                    shown.add(point);
                }
            }
        }
        for (TimePoint point : thinned(shown)) {
            svg.circle(x(point.arrivalMs()), y(point.eventTimeMs()), 1.9, Palette.BLUE, 0.75);
        }
    }

    /** At most 300 points: every n-th, and of each pixel column the lowest and the highest, which make the outline. */
    private List<TimePoint> thinned(List<TimePoint> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        Map<Integer, TimePoint[]> columns = new LinkedHashMap<>();
        double width = (right - LEFT) / (MOST_POINTS / 2.0);
        for (TimePoint point : points) {
            TimePoint[] ends =
                    columns.computeIfAbsent((int) (x(point.arrivalMs()) / width), k -> new TimePoint[] {point, point});
            if (point.eventTimeMs() < ends[0].eventTimeMs()) {
                ends[0] = point;
            }
            if (point.eventTimeMs() > ends[1].eventTimeMs()) {
                ends[1] = point;
            }
        }
        var kept = new ArrayList<TimePoint>();
        for (TimePoint[] ends : columns.values()) {
            kept.add(ends[0]);
            if (ends[1] != ends[0]) {
                kept.add(ends[1]);
            }
        }
        int room = MOST_POINTS - kept.size();
        if (room > 0) {
            double every = points.size() / (double) room;
            for (int i = 0; i < room; i++) {
                kept.add(points.get((int) (i * every)));
            }
        }
        return kept;
    }

    private void steps() {
        var path = new StringBuilder();
        for (BatchReport report : model.reports()) {
            if (report.batchTimeMs() < fromArrival || report.nextWatermarkMs().isEmpty()) {
                continue;
            }
            double x = x(report.batchTimeMs());
            double y = y(report.nextWatermarkMs().getAsLong());
            if (path.length() == 0) {
                double before = y(report.watermarkMs().orElse(fromEvent));
                path.append('M').append(Numbers.coordinate(LEFT)).append(',').append(Numbers.coordinate(before));
            }
            path.append('H').append(Numbers.coordinate(x)).append('V').append(Numbers.coordinate(y));
        }
        if (path.length() > 0) {
            svg.path(path.append('H').append(Numbers.coordinate(right)), Palette.ORANGE, 2.25);
        }
    }

    private void legend() {
        double x = LEFT + 14;
        double y = TOP + 13;
        svg.circle(x, y - 4, 2.4, Palette.BLUE, 0.9).text(x + 10, y, "row counted", Palette.GRAY, Svg.Anchor.START);
        svg.cross(x, y + 12).text(x + 10, y + 16, lateWords(), Palette.RED, Svg.Anchor.START, 11, true);
        svg.line(x - 4, y + 28, x + 4, y + 28, Palette.GRAY, 1, 0.7, "1 2")
                .text(x + 10, y + 32, "no delay (event = arrival)", Palette.GRAY, Svg.Anchor.START);
        svg.line(x - 5, y + 44, x + 5, y + 44, Palette.ORANGE, 2.25, 1)
                .text(x + 10, y + 48, watermarkWords(), Palette.ORANGE, Svg.Anchor.START, 11, true);
    }

    private String lateWords() {
        long all = model.lateRows();
        return TableView.rows(all) + " too late, dropped";
    }

    private String watermarkWords() {
        long now = model.last().map(r -> r.nextWatermarkMs().orElse(0)).orElse(0L);
        return now <= 0 ? "watermark, not yet" : "watermark, now " + times.clock(now);
    }

    private String text() {
        var out = new StringBuilder(watermarkWords())
                .append(" · ")
                .append(lateWords())
                .append('\n');
        for (WindowSummary window : windows) {
            out.append(times.span(window.startMs(), window.endMs(), false))
                    .append("  ")
                    .append(TableView.rows(window.rows()))
                    .append("  ")
                    .append(word(window.phase()))
                    .append('\n');
        }
        return out.toString();
    }
}
