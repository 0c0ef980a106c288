package org.tailrace.render;

/** A value axis from zero or below to a round number, and where values lie on it. */
record Axis(double low, double high, double step, double top, double bottom) {

    /**
     * @param top y of the highest value
     * @param bottom y of the lowest
     * @param ticks how many steps to aim at
     */
    static Axis of(double min, double max, int ticks, double top, double bottom) {
        double low = Math.min(0, min);
        double range = Math.max(max - low, 1e-12);
        double raw = range / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double mantissa = raw / power;
        double step = (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 2.5 ? 2.5 : mantissa <= 5 ? 5 : 10) * power;
        double start = Math.floor(low / step) * step;
        double end = Math.max(Math.ceil(max / step - 1e-9) * step, start + step);
        return new Axis(start, end, step, top, bottom);
    }

    double y(double value) {
        return bottom - (value - low) / (high - low) * (bottom - top);
    }

    /** Grid lines from {@code left} to {@code right}, labels to the left of them. */
    void draw(Svg svg, double left, double right) {
        int count = (int) Math.round((high - low) / step);
        for (int i = 0; i <= count; i++) {
            double value = low + i * step;
            double y = y(value);
            svg.line(left, y, right, y, Palette.GRID, 1, Math.abs(value) < step / 2 ? 0.6 : 0.22);
            svg.text(left - 6, y + 4, label(value), Palette.GRAY, Svg.Anchor.END);
        }
    }

    private String label(double value) {
        if (Math.abs(value) >= 10_000) {
            return (value < 0 ? Numbers.MINUS : "") + Numbers.rate(Math.abs(value));
        }
        boolean whole = step >= 1 && step == Math.rint(step);
        return whole ? Numbers.count(Math.round(value)) : trimmed(Numbers.real(Math.abs(value) < 1e-12 ? 0 : value));
    }

    private static String trimmed(String number) {
        return number.contains(".") && !number.contains("E") ? number.replaceAll("\\.?0+$", "") : number;
    }
}
