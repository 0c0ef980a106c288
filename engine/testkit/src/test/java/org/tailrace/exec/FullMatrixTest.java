package org.tailrace.exec;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of the fault matrix whose whole is too long for each build. */
@Tag("faults")
class FullMatrixTest {

    @Test
    void F18_ten_thousand_clocks_that_jump() throws Exception {
        var figures = new FaultFigures("clocks that jump");
        for (long seed = 1; seed <= 10_000; seed++) {
            if (FaultFigures.chosen(seed)) {
                figures.add(new JumpingClock(seed).verdict(), "seed " + seed);
            }
        }
        figures.close();
    }

    @Test
    void F22_a_thousand_stops_at_any_moment() throws Exception {
        var figures = new FaultFigures("stops, 100 a run");
        for (long seed = 1; seed <= FaultFigures.share(10); seed++) {
            figures.add(new RandomStops(seed).verdict(100), "seed " + seed);
        }
        figures.close();
    }
}
