package org.tailrace.bench;

import java.util.ArrayList;
import java.util.List;

/** Asks both systems about ten thousand events and compares their answers row by row. */
final class Comparison {
    private static final int EVENTS = 10_000;
    /** A hundred seconds of event time, so that windows and sessions end. */
    private static final int PER_SECOND = 100;

    private Comparison() {}

    /** @return what differs; empty if the answers are the same */
    static String differences(Question question) throws InterruptedException {
        Data data = Data.of(question, EVENTS * (question == Question.WORDS ? 10 : 1), PER_SECOND, 3_000);
        var answer = new Answer(true);
        Hand.run(question, data, answer);
        List<String> hand = sorted(answer.rows());
        List<String> ours;
        try (var engine = new Engine(question, new Feed(question, data), true)) {
            engine.run();
            ours = sorted(engine.rows());
        }
        if (hand.isEmpty()) {
            return "no rows to compare";
        }
        for (int i = 0; i < Math.min(hand.size(), ours.size()); i++) {
            if (!same(hand.get(i), ours.get(i), question.margin())) {
                return "row " + i + ": tailrace " + ours.get(i) + " hand " + hand.get(i);
            }
        }
        return hand.size() == ours.size() ? "" : "tailrace " + ours.size() + " rows, hand " + hand.size();
    }

    private static boolean same(String hand, String ours, double margin) {
        if (margin == 0) {
            return hand.equals(ours);
        }
        String[] expected = hand.split("\\|");
        String[] found = ours.split("\\|");
        for (int i = 0; i < expected.length; i++) {
            double number = Double.parseDouble(expected[i]);
            if (Math.abs(Double.parseDouble(found[i]) - number) > margin * number) {
                return false;
            }
        }
        return expected.length == found.length;
    }

    private static List<String> sorted(List<String> rows) {
        var sorted = new ArrayList<>(rows);
        sorted.sort(null);
        return sorted;
    }
}
