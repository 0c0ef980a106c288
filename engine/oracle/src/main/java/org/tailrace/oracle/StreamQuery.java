package org.tailrace.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A streaming query in the making. */
final class StreamQuery {
    String sql = "";
    String mode = "append";
    boolean ordered;
    /** Whether it reads the table {@code d}. */
    boolean table;
    /** Whether keys, values and times may be NULL. */
    boolean nulls = true;
    /** How likely a stream is to have a watermark. */
    double watermarked = 0.85;

    final List<String> streams = new ArrayList<>(List.of("e"));
    /** Streams whose watermark the SQL defines. */
    final Set<String> unmarked = new HashSet<>();

    final ArrayNode ops = JsonNodeFactory.instance.arrayNode();

    void second() {
        if (!streams.contains("f")) {
            streams.add("f");
        }
    }

    void then(String sql) {
        ops.addObject().put("op", "sql").put("sql", sql);
    }

    void dropDuplicates(boolean withinWatermark, List<String> columns) {
        ObjectNode op = ops.addObject().put("op", withinWatermark ? "dropDuplicatesWithinWatermark" : "dropDuplicates");
        if (!columns.isEmpty()) {
            ArrayNode names = op.putArray("columns");
            columns.forEach(names::add);
        }
    }
}
