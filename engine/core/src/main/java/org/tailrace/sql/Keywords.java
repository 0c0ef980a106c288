package org.tailrace.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The words that shape a query. As in Spark's default mode hardly any is reserved: a word is a name wherever a name
 * makes sense. Those here cannot be an alias without AS, and are a column only where no clause could begin.
 */
final class Keywords {
    private Keywords() {}

    private static final Set<String> STRUCTURE = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "BY",
            "LIMIT",
            "OFFSET",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "MINUS",
            "JOIN",
            "ON",
            "USING",
            "AS",
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "BETWEEN",
            "LIKE",
            "ILIKE",
            "RLIKE",
            "REGEXP",
            "WHEN",
            "THEN",
            "ELSE",
            "CROSS",
            "INNER",
            "NATURAL",
            "LATERAL",
            "LEFT",
            "RIGHT",
            "FULL",
            "SEMI",
            "ANTI",
            "WITH",
            "DIV",
            "ESCAPE",
            "TABLESAMPLE",
            "PIVOT",
            "UNPIVOT",
            "WATERMARK",
            "QUALIFY",
            "SORT",
            "CLUSTER",
            "DISTRIBUTE");

    /** Not an alias without AS either, but free as columns. */
    private static final Set<String> NO_ALIAS =
            Set.of("END", "ASC", "DESC", "NULLS", "DELAY", "WINDOW", "FILTER", "OVER");

    /** Words that begin an expression or a clause of their own somewhere, and so are safe as names in back quotes only. */
    private static final Set<String> SPECIAL = Set.of(
            "NULL",
            "TRUE",
            "FALSE",
            "CASE",
            "INTERVAL",
            "EXISTS",
            "CAST",
            "TRY_CAST",
            "DISTINCT",
            "ALL",
            "VALUES",
            "TABLE",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "TIMESTAMP_LTZ",
            "X",
            "R",
            "ANY",
            "SOME",
            "OUTER",
            "ROLLUP",
            "CUBE",
            "GROUPING",
            "RECURSIVE",
            "PARTITION",
            "BOTH",
            "LEADING",
            "TRAILING",
            "UNKNOWN");

    /** What a misspelt word may have been. */
    private static final Set<String> SUGGESTED = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "JOIN",
            "USING",
            "BETWEEN",
            "LIKE",
            "RLIKE",
            "WHEN",
            "THEN",
            "ELSE",
            "CROSS",
            "INNER",
            "LATERAL",
            "LEFT",
            "RIGHT",
            "FULL",
            "OUTER",
            "DISTINCT",
            "WATERMARK",
            "DELAY",
            "VALUES",
            "CASE",
            "INTERVAL");

    static boolean structural(String word) {
        return STRUCTURE.contains(word.toUpperCase(Locale.ROOT));
    }

    static boolean mayBeAlias(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return !STRUCTURE.contains(upper) && !NO_ALIAS.contains(upper);
    }

    /** Whether the word may mean something else than a name. */
    static boolean hasMeaning(String word) {
        return !mayBeAlias(word) || SPECIAL.contains(word.toUpperCase(Locale.ROOT));
    }

    /** The keyword that {@code word} nearly is: one edit away, or two in a long word. */
    static Optional<String> near(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (upper.length() < 3 || SUGGESTED.contains(upper)) {
            return Optional.empty();
        }
        String best = null;
        int bestDistance = upper.length() > 5 ? 3 : 2;
        for (String keyword : SUGGESTED) {
            int distance = distance(upper, keyword);
            if (distance < bestDistance || distance == bestDistance && best != null && keyword.compareTo(best) < 0) {
                best = keyword;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edits from one word to the other, where swapping two neighbours is one edit. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
