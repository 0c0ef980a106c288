package org.tailrace.testkit.random;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tailrace.expr.Function;
import org.tailrace.expr.builtin.Functions;

/** The registered example of every function, as a query. */
final class Examples {
    /** What differs between two systems or two moments by its nature; the type is compared, as the value is hidden. */
    private static final Set<String> UNCERTAIN = Set.of(
            "rand", "randn", "uuid", "current_timestamp", "current_date", "localtimestamp", "unix_timestamp", "now");

    private static final Pattern AGGREGATE = Pattern.compile("(.*) from values (.*?) (t\\([a-z, ]+\\))( group by .*)?");

    private Examples() {}

    static List<ObjectNode> all() {
        var all = new ArrayList<ObjectNode>();
        for (Function function : Functions.table().all()) {
            String example = function.example();
            String shown = UNCERTAIN.contains(function.name()) ? "typeof(" + example + ")" : example;
            ObjectNode scenario = Projections.scenario(List.of(shown), "", true, JsonNodeFactory.instance.arrayNode());
            Matcher aggregate = AGGREGATE.matcher(shown);
            if (aggregate.matches()) {
                // One batch of a stream of one row beside the values, in complete mode, is what Spark has over a table.
                scenario.put(
                        "sql",
                        "SELECT " + aggregate.group(1) + " FROM t CROSS JOIN (VALUES " + aggregate.group(2) + ") AS "
                                + aggregate.group(3).replaceFirst("^t", "v")
                                + (aggregate.group(4) == null ? "" : aggregate.group(4)));
                scenario.put("outputMode", "complete").put("name", "mode_order_by_example");
            }
            var row = ((com.fasterxml.jackson.databind.node.ArrayNode)
                            scenario.path("batches").path(0).path("t"))
                    .addArray();
            scenario.path("tables").path(0).path("schema").forEach(column -> row.addNull());
            all.add(scenario);
        }
        return all;
    }
}
