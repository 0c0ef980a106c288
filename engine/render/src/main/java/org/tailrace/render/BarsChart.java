package org.tailrace.render;

import java.util.OptionalLong;

/** Stacked bars, one per window: solid once final, faded while still open, with what the last batch added. */
final class BarsChart {
    static final int MOST = 14;
    private static final double LEFT = 44;
    private static final double RIGHT = 118;
    private static final double TOP = 16;
    private static final double BOTTOM = 34;
    private static final int HEIGHT = 200;

    private final Pivot data;
    private final Times times;
    private final OptionalLong watermarkMs;
    private final Svg svg = new Svg(Html.WIDTH, HEIGHT);
    private final double base = HEIGHT - BOTTOM;
    private final double right = svg.width - RIGHT;
    private final double step;

    private BarsChart(Pivot data, Times times, OptionalLong watermarkMs) {
        this.data = data;
        this.times = times;
        this.watermarkMs = watermarkMs;
        step = (right - LEFT) / Math.max(data.slots(), 6);
    }

    static Section of(Pivot data, String title, Times times, OptionalLong watermarkMs, boolean integral) {
        if (data.slots() == 0) {
            return Section.NONE;
        }
        return new BarsChart(data, times, watermarkMs).draw(title, integral);
    }

    private Section draw(String title, boolean integral) {
        double max = 0;
        for (int i = 0; i < data.slots(); i++) {
            max = Math.max(max, height(i));
        }
        Axis axis = Axis.of(0, Math.max(max, integral ? 1 : 1e-9), 3, TOP, base);
        axis.draw(svg, LEFT, right);
        double width = Math.min(38, step - 4);
        boolean crowded = data.slots() > 0 && step < 34;
        int open = 0;
        for (int i = 0; i < data.slots(); i++) {
            double x = LEFT + i * step + (step - width) / 2;
            double y = base;
            for (int s = 0; s < data.series().size(); s++) {
                double value = data.values()[s][i];
                if (value > 0) {
                    double h = base - axis.y(axis.low() + value);
                    y -= h;
                    svg.rect(x, y, width, Math.max(0.5, h - 1), Palette.series(s), data.closed()[i] ? 1 : Palette.OPEN);
                }
            }
            open += data.closed()[i] ? 0 : 1;
            if (!Double.isNaN(data.deltas()[i]) && data.deltas()[i] != 0) {
                String delta = Numbers.delta(data.deltas()[i], integral);
                svg.text(x + width / 2, y - 4, delta, Palette.GRAY, Svg.Anchor.MIDDLE, 10, false);
            }
            if (!crowded || i % 2 == 0) {
                svg.text(x + width / 2, base + 14, label(i), Palette.GRAY, Svg.Anchor.MIDDLE, 10, false);
            }
        }
        watermark();
        Legend.draw(svg, data, right + 10, base - 6, integral);
        String alt = "Stacked bars of " + title + "; " + (data.slots() - open) + " windows final, " + open + " open";
        String subtitle = "solid = final &nbsp;·&nbsp; faded = window still open, may change"
                + " &nbsp;·&nbsp; +n = added by the last batch";
        return new Section(Html.figure(title, subtitle, svg.image(alt)), "");
    }

    private double height(int slot) {
        double sum = 0;
        for (double[] line : data.values()) {
            sum += Double.isNaN(line[slot]) ? 0 : Math.max(0, line[slot]);
        }
        return sum;
    }

    private String label(int slot) {
        return data.timed()
                ? times.tick(data.millis()[slot], width())
                : Cells.cut(data.labels().get(slot));
    }

    /** Milliseconds from one slot to the next. */
    private long width() {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < data.millis().length; i++) {
            least = Math.min(least, data.millis()[i] - data.millis()[i - 1]);
        }
        return least == Long.MAX_VALUE ? 60_000 : least;
    }

    private void watermark() {
        if (!data.timed() || watermarkMs.isEmpty() || watermarkMs.getAsLong() < data.millis()[0]) {
            return;
        }
        long at = watermarkMs.getAsLong();
        int slot = data.slots() - 1;
        while (slot > 0 && data.millis()[slot] > at) {
            slot--;
        }
        double part = Math.min(1, (at - data.millis()[slot]) / (double) width());
        double x = LEFT + (slot + part) * step;
        svg.line(x, TOP - 4, x, base + 4, Palette.ORANGE, 1.5, 1);
        double text = Math.max(LEFT + 50, Math.min(x, svg.width - 60));
        svg.text(text, base + 28, "watermark " + times.clock(at), Palette.ORANGE, Svg.Anchor.MIDDLE, 10.5, false);
    }
}
