package org.tailrace.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the names that a misspelt one may have meant, by edit distance, case ignored. */
public final class Nearest {
    private Nearest() {}

    /** The closest name, if any is close enough to be meant. */
    public static Optional<String> to(String word, Collection<String> names) {
        return several(word, names, 1).stream().findFirst();
    }

    /** The closest names, best first; equal distances in the order given. */
    public static List<String> several(String word, Collection<String> names, int most) {
        record Candidate(String name, int distance) {}
        String wanted = word.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, (wanted.length() + 1) / 3);
        var found = new ArrayList<Candidate>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            int distance = distance(wanted, lower);
            if (distance <= limit && distance < Math.max(wanted.length(), lower.length())) {
                found.add(new Candidate(name, distance));
            }
        }
        found.sort(Comparator.comparingInt(Candidate::distance));
        return found.stream().map(Candidate::name).distinct().limit(most).toList();
    }

    /** A {@code fix} line: {@code did you mean 'price'?}, or empty. */
    public static String question(String word, Collection<String> names) {
        return to(word, names).map(name -> "did you mean '" + name + "'?").orElse("");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String left, String right) {
        int[] older = new int[right.length() + 1];
        int[] above = new int[right.length() + 1];
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                int best = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    best = Math.min(best, older[j - 2] + 1);
                }
                row[j] = best;
            }
            int[] spare = older;
            older = above;
            above = row;
            row = spare;
        }
        return above[right.length()];
    }
}
