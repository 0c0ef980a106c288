package org.tailrace.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The differences that stand, each described in {@code engine/SEMANTICS.md}; a run fails on any other. */
final class Differences {
    private record Known(String why, Pattern sql, Pattern difference, Predicate<ObjectNode> also) {}

    private static final Pattern NULLS = Pattern.compile("\\[\\[null\\]\\]");

    private static final List<Known> ALL = List.of(
            known(
                    "an argument of a type that Spark refuses is cast here, as for other functions",
                    "",
                    "was not refused; Spark says DATATYPE_MISMATCH\\.(UNEXPECTED_INPUT_TYPE|ARRAY_FUNCTION_DIFF_TYPES"
                            + "|MAP_FUNCTION_DIFF_TYPES)"),
            known(
                    "casts between numbers and intervals are refused",
                    "",
                    "TR-105 no cast from (interval .* to (tinyint|smallint|int|bigint|decimal.*)"
                            + "|(tinyint|smallint|int|bigint|decimal.*) to interval .*)"),
            known(
                    "a session's rows are taken in the order of arrival, in Spark by time",
                    "session_window.*(collect_list|first|last|any_value|mode)\\(",
                    " rows: recorded "),
            known(
                    "rows after a LIMIT that is full move the watermark, and are not read in Spark",
                    " LIMIT \\d+$",
                    "watermark: recorded "),
            known(
                    "the order of sort_array need not be a constant",
                    "sort_array\\(",
                    "was not refused; Spark says DATATYPE_MISMATCH.NON_FOLDABLE_INPUT"),
            known(
                    "an argument is evaluated, and may fail, even where an earlier one is NULL or 0",
                    "",
                    "^(.*: )?step 0 failed: TR-30[1-9]",
                    scenario -> NULLS.matcher(scenario.path("expected")
                                    .path(0)
                                    .path("rows")
                                    .toString())
                            .matches()),
            known("the order of what collect_set collects", "collect_set\\(", " rows: recorded "),
            known(
                    "a watermark on one side of a join makes rows late under the max policy in Spark, as it does not under min",
                    " JOIN f ",
                    "(dropped by watermark|state rows|rows): recorded ",
                    scenario -> scenario.path("conf").toString().contains("max")
                            && scenario.path("tables").path(0).has("watermarkDelay")
                                    != scenario.path("tables").path(1).has("watermarkDelay")),
            known("which of several values that are equally frequent is the mode", "\\bmode\\(", " rows: recorded "),
            known(
                    "the name of a column that compares a whole number with a decimal constant",
                    "1 <= 1\\.5",
                    "schema: "),
            known(
                    "the operator - and the function negative have one name for their columns",
                    "negative\\(",
                    "schema: "),
            known(
                    "window_time takes any struct of start and end, not only a window of the query",
                    "window_time\\(",
                    "was not refused; Spark says _LEGACY_ERROR_TEMP_3101"),
            known(
                    "the number of digits of round is a constant other than NULL",
                    "round\\(",
                    "TR-102 'b?round' needs a constant number of digits"),
            known(
                    "locate from a position that is NULL gives NULL, and 0 in Spark",
                    "(locate|position|charindex)\\(",
                    "(rows: recorded \\[\\[0\\]\\], got \\[\\[null\\]\\]|schema: recorded .* int not null, got .* int)"));

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
