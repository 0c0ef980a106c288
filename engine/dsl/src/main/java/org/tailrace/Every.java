package org.tailrace;

import org.tailrace.data.text.Interval;
import org.tailrace.data.text.IntervalText;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** The text of a batch interval. */
final class Every {
    private Every() {}

    /** @throws PlanException TR-155 if it is no positive length without months */
    static long millis(String verb, String text) {
        Place place = new Place(verb, text, 0, text.length());
        Interval length = IntervalText.find(text)
                .orElseThrow(() -> new PlanException(IntervalText.problem(text).at(place)));
        long millis = length.days() * 86_400_000L + length.micros() / 1000;
        if (length.months() != 0 || millis <= 0) {
            throw new PlanException(Problem.of("TR-155", "a batch interval is a positive length of time without months")
                    .at(place)
                    .fix("write \"1 second\""));
        }
        return millis;
    }
}
