package org.tailrace.render;

/** The colours. Each reads on a white and on a dark ground; roles are never used for data. */
final class Palette {
    static final String BLUE = "#3A7CC2";
    static final String MAGENTA = "#B8568F";
    static final String GREEN = "#4C8C4A";
    /** Axes, text in charts, and "other". */
    static final String GRAY = "#767676";

    static final String ORANGE = "#C8641B";
    static final String RED = "#D93B4B";
    static final String AMBER = "#B97A00";
    static final String GRID = "#808080";

    /** Series in order; what comes after is "other". */
    private static final String[] SERIES = {BLUE, MAGENTA, GREEN};

    static final int HUES = SERIES.length;
    static final double OPEN = 0.38;
    static final String CHANGED_TINT = "rgba(185,122,0,0.24)";
    static final String CHANGED_GROUND = "#F1E2C2";
    static final String NEW_TINT = "rgba(76,140,74,0.18)";
    static final String NEW_GROUND = "#DFEBDF";

    private Palette() {}

    static String series(int index) {
        return index < HUES ? SERIES[index] : GRAY;
    }
}
