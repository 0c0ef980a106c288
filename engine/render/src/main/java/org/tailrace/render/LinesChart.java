package org.tailrace.render;

import java.util.ArrayList;
import java.util.List;

/** Lines over time or over slots, one per series; a gap where a value is missing, dashed where it may still change. */
final class LinesChart {
    static final int MOST = 120;
    private static final double LEFT = 52;
    private static final double RIGHT = 118;
    private static final double TOP = 16;
    private static final double BOTTOM = 26;
    private static final int HEIGHT = 200;

    private LinesChart() {}

    static Section of(Pivot data, String title, Times times) {
        int count = data.slots();
        if (count == 0) {
            return Section.NONE;
        }
        var svg = new Svg(Html.WIDTH, HEIGHT);
        double right = svg.width - RIGHT;
        double base = HEIGHT - BOTTOM;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double[] line : data.values()) {
            for (double value : line) {
                if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        if (min > max) {
            return Section.NONE;
        }
        Axis axis = Axis.of(min, Math.max(max, min + 1e-9), 3, TOP, base);
        axis.draw(svg, LEFT, right);
        double[] xs = new double[count];
        for (int i = 0; i < count; i++) {
            double part = count == 1 ? 0.5 : data.timed() ? part(data, i) : i / (double) (count - 1);
            xs[i] = LEFT + part * (right - LEFT);
        }
        List<double[]> ends = new ArrayList<>();
        for (int s = 0; s < data.series().size(); s++) {
            line(svg, data.values()[s], xs, axis, Palette.series(s), ends);
        }
        int every = Math.max(1, (int) Math.ceil(count / 8.0));
        for (int i = 0; i < count; i += every) {
            long gap = data.timed() && count > 1
                    ? Math.max(1, (data.millis()[count - 1] - data.millis()[0]) / (count - 1))
                    : 60_000;
            String label = data.timed()
                    ? times.tick(data.millis()[i], gap)
                    : Cells.cut(data.labels().get(i));
            svg.text(xs[i], base + 15, label, Palette.GRAY, Svg.Anchor.MIDDLE, 10, false);
        }
        Legend.draw(svg, data, right + 14, base - 6, false);
        String alt = "Lines of " + title + ", " + count + " points";
        return new Section(Html.figure(title, "", svg.image(alt)), "");
    }

    private static double part(Pivot data, int i) {
        long first = data.millis()[0];
        long last = data.millis()[data.slots() - 1];
        return last == first ? 0.5 : (data.millis()[i] - first) / (double) (last - first);
    }

    private static void line(Svg svg, double[] values, double[] xs, Axis axis, String colour, List<double[]> ends) {
        var path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || Double.isInfinite(values[i])) {
                pen = false;
                continue;
            }
            double y = axis.y(values[i]);
            path.append(pen ? 'L' : 'M')
                    .append(Numbers.coordinate(xs[i]))
                    .append(',')
                    .append(Numbers.coordinate(y));
            pen = true;
            if (i == values.length - 1) {
                ends.add(new double[] {xs[i], y});
                svg.circle(xs[i], y, 2.4, colour, 1);
            }
        }
        svg.path(path, colour, 1.75);
    }
}
