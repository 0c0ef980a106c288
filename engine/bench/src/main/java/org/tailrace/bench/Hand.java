package org.tailrace.bench;

import java.util.Objects;

/** Which loop answers which query. */
final class Hand {
    private Hand() {}

    static void run(Question question, Data data, Answer out) {
        switch (question) {
            case Q0 -> new HandRows(data.events()).pass(out);
            case Q1 -> new HandRows(data.events()).map(out);
            case Q2 -> new HandRows(data.events()).filter(out);
            case Q5 -> new HandWindows(data.events()).hottest(out);
            case Q7 -> new HandWindows(data.events()).max(out);
            case Q11 -> new HandWindows(data.events()).sessions(out);
            case Q12 -> new HandWindows(data.events()).count(out);
            case Q15 -> new HandGroups(data.events()).distinct(out);
            case Q17 -> new HandGroups(data.events()).eight(out);
            case Q18 -> new HandRows(data.events()).last(out);
            case Q20 -> new HandRows(data.events()).join(out);
            case YAHOO -> HandWindows.campaigns(Objects.requireNonNull(data.ads()), out);
            default -> HandGroups.words(Objects.requireNonNull(data.lines()), out);
        }
    }
}
