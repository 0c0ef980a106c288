package org.tailrace.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a program was given and what it made of it: each row once, with the number that it has among those of its key, so that
 * loss, doubling and wrong state show alike.
 *
 * @param lost rows that should be there and are not
 * @param doubled rows that are there and should not be
 */
public record Ledger(
        int given, int kills, int killsWhileStarting, List<String> lost, List<String> doubled, double seconds) {

    static Ledger of(List<String> given, List<String> found, int kills, int killsWhileStarting, double seconds) {
        Map<String, Integer> numbers = new HashMap<>();
        var missing = new TreeSet<String>();
        for (String entry : given) {
            int n = numbers.merge(entry.substring(0, entry.indexOf(',')), 1, Integer::sum);
            missing.add(entry + "," + n);
        }
        var doubled = new ArrayList<String>();
        for (String row : found) {
            if (!missing.remove(row)) {
                doubled.add(row);
            }
        }
        return new Ledger(given.size(), kills, killsWhileStarting, List.copyOf(missing), doubled, seconds);
    }

    /** The line of a table. */
    public String line(String what) {
        return String.format(
                Locale.ROOT,
                "%-34s %,9d kills, %d of them while it started, %,d rows, %d lost, %d doubled %6.0f s, %.1f s a kill",
                what,
                kills,
                killsWhileStarting,
                given,
                lost.size(),
                doubled.size(),
                seconds,
                seconds / Math.max(1, kills));
    }
}
