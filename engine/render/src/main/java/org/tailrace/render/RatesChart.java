package org.tailrace.render;

/** Input rate against capacity, batch by batch, with the durations below. */
final class RatesChart {
    private static final int MOST = 48;
    private static final double LEFT = 44;
    private static final double RIGHT = 104;
    private static final double TOP = 14;
    private static final double HEIGHT = 112;

    private RatesChart() {}

    static Section of(ViewModel model) {
        if (model.info().virtualTime()) {
            String why = "rates are wall time: a replay draws virtual time only";
            return new Section(Html.caption(why), why + "\n");
        }
        Rates all = Rates.of(model);
        if (all.count() == 0) {
            return new Section(Html.caption("no batch has read rows yet"), "no batch has read rows yet\n");
        }
        int from = Math.max(0, all.count() - MOST);
        int bars = all.count() - from;
        var svg = new Svg(Html.WIDTH, 206);
        double right = svg.width - RIGHT;
        double step = (right - LEFT) / bars;
        double max = 1;
        for (int i = from; i < all.count(); i++) {
            max = Math.max(max, Math.max(all.input()[i], Math.min(all.capacity()[i], all.input()[i] * 50)));
        }
        Axis axis = Axis.of(0, max, 3, TOP, TOP + HEIGHT);
        axis.draw(svg, LEFT, right);
        var input = new StringBuilder();
        var capacity = new StringBuilder();
        for (int i = 0; i < bars; i++) {
            double in = all.input()[from + i];
            double can = Math.min(all.capacity()[from + i], axis.high());
            double x = LEFT + i * step;
            if (in > can) {
                svg.rect(x, axis.y(in), step, axis.y(can) - axis.y(in), Palette.RED, 0.28);
            }
            stair(input, i, x, step, axis.y(in));
            stair(capacity, i, x, step, axis.y(can));
        }
        svg.path(capacity, Palette.GREEN, 1.75).path(input, Palette.BLUE, 1.75);
        labels(svg, all, axis, right);
        durations(svg, all, from, bars, step, right);
        String alt = "Input rate and capacity of batches " + all.ids()[from] + " to " + all.ids()[all.count() - 1];
        String subtitle = "rows/s per batch &nbsp;·&nbsp; "
                + Html.coloured("red = rows arrive faster than the engine can process them", Palette.RED);
        String text = "input " + Numbers.rate(all.lastInput()) + " rows/s · capacity "
                + Numbers.rate(all.lastCapacity()) + " rows/s\n";
        return new Section(Html.figure("Input rate vs processing capacity", subtitle, svg.image(alt)), text);
    }

    private static void stair(StringBuilder path, int i, double x, double step, double y) {
        path.append(i == 0 ? 'M' : 'L')
                .append(Numbers.coordinate(x))
                .append(',')
                .append(Numbers.coordinate(y))
                .append('H')
                .append(Numbers.coordinate(x + step));
    }

    private static void labels(Svg svg, Rates all, Axis axis, double right) {
        double in = axis.y(all.lastInput());
        double can = axis.y(Math.min(all.lastCapacity(), axis.high()));
        if (Math.abs(in - can) < 26) {
            double middle = (in + can) / 2;
            boolean above = in < can;
            in = middle + (above ? -13 : 13);
            can = middle + (above ? 13 : -13);
        }
        label(svg, right, in, "input", all.lastInput(), Palette.BLUE);
        label(svg, right, can, "capacity", all.lastCapacity(), Palette.GREEN);
    }

    private static void label(Svg svg, double right, double y, String name, double value, String colour) {
        svg.text(right + 8, y + 1, name, colour, Svg.Anchor.START, 11, true);
        svg.text(right + 8, y + 13, Numbers.rate(value) + " rows/s", colour, Svg.Anchor.START, 10.5, false);
    }

    private static void durations(Svg svg, Rates all, int from, int bars, double step, double right) {
        double base = TOP + HEIGHT + 56;
        double tall = 32;
        double max = Math.max(all.intervalMs() * 1.15, 0.001);
        for (int i = from; i < all.count(); i++) {
            max = Math.max(max, all.millis()[i]);
        }
        for (int i = 0; i < bars; i++) {
            double ms = all.millis()[from + i];
            boolean over = all.intervalMs() > 0 && ms > all.intervalMs();
            double h = ms / max * tall;
            svg.rect(
                    LEFT + i * step + 0.5,
                    base - h,
                    step - 1,
                    h,
                    over ? Palette.RED : Palette.GRAY,
                    over ? 0.85 : 0.45);
            if (all.ids()[from + i] % 10 == 0) {
                svg.text(
                        LEFT + i * step + step / 2,
                        base + 14,
                        "#" + all.ids()[from + i],
                        Palette.GRAY,
                        Svg.Anchor.MIDDLE,
                        10,
                        false);
            }
        }
        if (all.intervalMs() > 0) {
            double y = base - all.intervalMs() / max * tall;
            svg.line(LEFT, y, right, y, Palette.GRAY, 1, 0.8, "2 2");
            String text = "trigger " + Numbers.count(all.intervalMs()) + " ms";
            svg.text(right + 8, y + 4, text, Palette.GRAY, Svg.Anchor.START, 10.5, false);
        }
        svg.line(LEFT, base, right, base, Palette.GRID, 1, 0.6);
        svg.text(0, base - tall - 4, "batch duration", Palette.GRAY, Svg.Anchor.START, 10.5, false);
        String last = "last " + Numbers.duration(Math.round(all.lastMillis()));
        svg.text(right + 8, base, last, Palette.GRAY, Svg.Anchor.START, 10.5, false);
    }
}
