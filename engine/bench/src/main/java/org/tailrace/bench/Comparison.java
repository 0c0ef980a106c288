package org.tailrace.bench;

import java.util.List;
import org.tailrace.bench.data.Query;

/** Compares the sorted rows of two answers, and says the first difference. */
final class Comparison {
    /** Four times the error that approximate counts promise; counts of a few may be wrong by a few. */
    private static final double MARGIN = 0.2;

    private static final int FEW = 3;

    private Comparison() {}

    /**
     * @param approximate distinct counts need only be near
     * @return what differs; empty if the answers are the same
     */
    static String differences(Query query, List<String> expected, List<String> found, boolean approximate) {
        if (expected.isEmpty()) {
            return "no rows to compare";
        }
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            if (!same(query, expected.get(i), found.get(i), approximate)) {
                return "row " + i + ": " + found.get(i) + " and not " + expected.get(i);
            }
        }
        return expected.size() == found.size() ? "" : found.size() + " rows and not " + expected.size();
    }

    private static boolean same(Query query, String expected, String found, boolean approximate) {
        if (expected.equals(found)) {
            return true;
        }
        String[] left = expected.split("\\|", -1);
        String[] right = found.split("\\|", -1);
        if (!approximate || left.length != right.length) {
            return false;
        }
        for (int i = 0; i < left.length; i++) {
            if (!left[i].equals(right[i])) {
                if (i < query.distinctFrom) {
                    return false;
                }
                double number = Double.parseDouble(left[i]);
                if (Math.abs(Double.parseDouble(right[i]) - number) > Math.max(FEW, MARGIN * number)) {
                    return false;
                }
            }
        }
        return true;
    }
}
