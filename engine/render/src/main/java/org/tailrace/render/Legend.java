package org.tailrace.render;

/** Names of the series with their totals, at the right of a chart, from the bottom up as bars are stacked. */
final class Legend {
    private static final int NAME = 12;

    private Legend() {}

    static void draw(Svg svg, Pivot data, double x, double bottom, boolean integral) {
        if (data.series().size() == 1) {
            return;
        }
        double y = bottom;
        for (int s = 0; s < data.series().size(); s++) {
            String colour = Palette.series(s);
            svg.rect(x, y - 8, 8, 8, colour, 1);
            svg.text(x + 12, y, cut(data.series().get(s)), colour, Svg.Anchor.START, 11, true);
            if (integral) {
                String total = Numbers.count(Math.round(data.totals()[s]));
                svg.text(svg.width, y, total, Palette.GRAY, Svg.Anchor.END);
            }
            y -= 17;
        }
    }

    private static String cut(String name) {
        return name.length() <= NAME ? name : Cells.cut(name).substring(0, NAME - 1) + "…";
    }
}
