package org.tailrace.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The differences that stand, each described in {@code engine/SEMANTICS.md}; a run fails on any other. */
final class Differences {
    private record Known(String why, Pattern sql, Pattern difference) {}

    private static final List<Known> ALL = List.of();

    static final String MORE_NULLABLE = "a column counts as nullable that Spark knows never to be NULL";

    private static final Pattern SCHEMA = Pattern.compile("schema: recorded (.*), got (.*)", Pattern.DOTALL);

    private Differences() {}

    /** Whether just the schemas differ, and those only in columns that are nullable here and not in Spark. */
    static boolean onlyMoreNullable(String difference) {
        Matcher schema = SCHEMA.matcher(difference);
        if (!schema.matches()) {
            return false;
        }
        String[] theirs = schema.group(1).split(", ", -1);
        String[] ours = schema.group(2).split(", ", -1);
        boolean same = theirs.length == ours.length;
        for (int i = 0; same && i < ours.length; i++) {
            same = ours[i].equals(theirs[i]) || (ours[i] + " not null").equals(theirs[i]);
        }
        return same;
    }

    private static Known known(String why, String sql, String difference) {
        return new Known(why, Pattern.compile(sql, Pattern.CASE_INSENSITIVE), Pattern.compile(difference));
    }

    /** Which of them this one is. */
    static Optional<String> known(ObjectNode scenario, String difference) {
        String sql = scenario.path("sql").asText();
        return ALL.stream()
                .filter(known -> known.sql().matcher(sql).find()
                        && known.difference().matcher(difference).find())
                .map(Known::why)
                .findFirst();
    }
}
