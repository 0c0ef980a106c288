package org.tailrace.oracle;

import java.util.Map;
import java.util.TreeMap;

/** How the queries of a run came out. Every query is counted once; columns that are only more nullable beside that. */
final class Tally {
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> known = new TreeMap<>();
    private int agreeing;
    private int differing;
    private int sparkFailed;
    private int moreNullable;

    void agree(String kind, String how) {
        agreeing++;
        outcome(kind + ": agree, " + how);
    }

    void known(String kind, String why) {
        known.merge(why, 1, Integer::sum);
        outcome(kind + ": known difference");
    }

    void differ(String kind) {
        differing++;
        outcome(kind + ": DIFFER");
    }

    void sparkFailed(String kind) {
        sparkFailed++;
        outcome(kind + ": Spark failed by a defect of its own");
    }

    void moreNullable() {
        moreNullable++;
    }

    int differing() {
        return differing;
    }

    private void outcome(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    void print() {
        outcomes.forEach((outcome, count) -> System.out.println("outcome\t" + count + "\t" + outcome));
        known.forEach((why, count) -> System.out.println("known\t" + count + "\t" + why));
        System.out.println(
                "known\t" + moreNullable + "\t" + Differences.MORE_NULLABLE + " (rows compared all the same)");
        System.out.println(this);
    }

    @Override
    public String toString() {
        int differences = known.values().stream().mapToInt(Integer::intValue).sum();
        return agreeing + differences + differing + sparkFailed + " queries: " + agreeing + " agree, " + differences
                + " differ as known, " + differing + " differ, " + sparkFailed + " failed in Spark";
    }
}
