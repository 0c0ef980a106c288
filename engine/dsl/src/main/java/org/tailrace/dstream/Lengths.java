package org.tailrace.dstream;

import org.tailrace.data.text.Interval;
import org.tailrace.data.text.IntervalText;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** Lengths of time as text, in milliseconds. */
final class Lengths {
    private Lengths() {}

    /** @throws PlanException TR-155 if it is no positive length without months */
    static long millis(String verb, String text) {
        Place place = new Place(verb, text, 0, text.length());
        Interval length = IntervalText.find(text)
                .orElseThrow(() -> new PlanException(IntervalText.problem(text).at(place)));
        long millis = length.days() * 86_400_000L + length.micros() / 1000;
        if (length.months() != 0 || millis <= 0) {
            throw new PlanException(Problem.of("TR-155", "not a positive length of time: " + text)
                    .at(place)
                    .fix("write \"1 second\""));
        }
        return millis;
    }

    /**
     * A length that a sequence of RDDs can be cut by.
     *
     * @throws PlanException TR-163 if it is not a multiple of {@code slideMs}
     */
    static long multiple(String verb, String text, long slideMs) {
        long millis = millis(verb, text);
        if (millis % slideMs != 0) {
            throw new PlanException(
                    Problem.of("TR-163", text + " is not a multiple of the " + slideMs + " ms between two RDDs")
                            .at(new Place(verb, text, 0, text.length()))
                            .because("a window takes whole RDDs")
                            .fix("a multiple of it, or another batch interval"));
        }
        return millis;
    }
}
