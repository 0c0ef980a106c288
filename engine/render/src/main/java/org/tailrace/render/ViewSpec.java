package org.tailrace.render;

import java.util.List;
import java.util.Optional;

/** What a view shows of a query. */
public sealed interface ViewSpec {

    /** What suits the query: bars and table, table, or newest rows and rates. */
    record Auto() implements ViewSpec {}

    /**
     * Stacked bars of {@code y} over {@code x}, one colour per value of {@code by}.
     *
     * @param x a column; a window's start by preference
     */
    record Bars(String x, String y, Optional<String> by) implements ViewSpec {
        public Bars by(String column) {
            return new Bars(x, y, Optional.of(column));
        }
    }

    record Lines(String x, List<String> y, Optional<String> by) implements ViewSpec {
        public Lines {
            y = List.copyOf(y);
        }

        public Lines by(String column) {
            return new Lines(x, y, Optional.of(column));
        }
    }

    /** Input rate, capacity and batch durations. */
    record Rates() implements ViewSpec {}

    /** Event time against arrival time: windows, the watermark's steps, late rows. */
    record Watermark() implements ViewSpec {}

    record Table(int rows) implements ViewSpec {}

    /** Rows and bytes of state per operator. */
    record State() implements ViewSpec {}
}
