package org.tailrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The differences that stand, each described in {@code engine/SEMANTICS.md}; a run fails on any other. */
final class Differences {
    private record Known(String why, Pattern sql, Pattern difference, Predicate<ObjectNode> also) {}

    private static final List<Known> ALL = List.of(
            known(
                    "casts between numbers and intervals are refused",
                    "cast\\(|::",
                    "TR-105 no cast from (interval .* to (tinyint|smallint|int|bigint|decimal.*)"
                            + "|(tinyint|smallint|int|bigint|decimal.*) to interval .*)"),
            known(
                    "a session's rows are taken in the order of arrival, in Spark by time",
                    "session_window\\(.*\\b(first|first_value|last|last_value|any_value)\\(",
                    " rows: recorded "),
            known(
                    "what comes after a LIMIT that is full is read, moves the watermark and may fail",
                    "^[^$]* LIMIT \\d+$",
                    "watermark: recorded |^step \\d failed: TR-30\\d ",
                    scenario -> scenario.path("outputMode").asText().equals("append")),
            known(
                    "of a join with a table none of whose rows can match Spark reads no rows",
                    "e (LEFT SEMI )?JOIN d ON",
                    "watermark: recorded ",
                    scenario -> hasNoKey(scenario)),
            known(
                    "the name of a column that compares a whole number with a decimal constant",
                    "^SELECT 1 <= 1\\.5 FROM t$",
                    "schema: "),
            known(
                    "the operator - and the function negative have one name for their columns",
                    "^SELECT negative\\(1\\) FROM t$",
                    "schema: "),
            known(
                    "window_time takes any struct of start and end, not only a window of the query",
                    "window_time\\(",
                    "was not refused; Spark says _LEGACY_ERROR_TEMP_3101"),
            known(
                    "at a restart Spark forgets how far each of several sources had come",
                    "",
                    "watermark: recorded ",
                    Differences::restarts));

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

    /** Whether a query of several sources with a watermark is started anew. */
    private static boolean restarts(ObjectNode scenario) {
        long marked = 0;
        for (JsonNode table : scenario.path("tables")) {
            marked += table.has("watermarkDelay") ? 1 : 0;
        }
        boolean restart = false;
        for (JsonNode batch : scenario.path("batches")) {
            restart |= batch.has("$restart");
        }
        return restart && marked > 1;
    }

    /** Whether the table {@code d} has no row with a key. */
    private static boolean hasNoKey(ObjectNode scenario) {
        for (JsonNode table : scenario.path("tables")) {
            if (table.path("name").asText().equals("d")) {
                for (JsonNode row : table.path("rows")) {
                    if (!row.path(0).isNull()) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    private static Known known(String why, String sql, String difference) {
        return known(why, sql, difference, scenario -> true);
    }

    private static Known known(String why, String sql, String difference, Predicate<ObjectNode> also) {
        return new Known(why, Pattern.compile(sql, Pattern.CASE_INSENSITIVE), Pattern.compile(difference), also);
    }

    /** Which of them this one is. */
    static Optional<String> known(ObjectNode scenario, String difference) {
        String sql = scenario.path("sql").asText();
        return ALL.stream()
                .filter(known -> known.sql().matcher(sql).find()
                        && known.difference().matcher(difference).find()
                        && known.also().test(scenario))
                .map(Known::why)
                .findFirst();
    }
}
