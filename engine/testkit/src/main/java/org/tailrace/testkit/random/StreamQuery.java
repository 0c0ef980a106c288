package org.tailrace.testkit.random;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A streaming query in the making. */
final class StreamQuery {
    private final Draws draws;
    String sql = "";
    /** What it is, for the table of shapes and output modes. */
    String shape = "";

    String mode = "append";
    String sink = "";
    boolean ordered;
    /** Whether it reads the table {@code d}. */
    boolean table;
    /** Whether keys, values and times may be NULL. */
    boolean nulls = true;
    /** How likely a stream is to have a watermark. */
    double watermarked = 0.85;
    /** The delay of all watermarks, or empty for any. */
    String delay = "";

    final List<String> streams = new ArrayList<>(List.of("e"));
    /** Streams whose watermark the query defines. */
    final Set<String> unmarked = new HashSet<>();

    final ArrayNode ops = JsonNodeFactory.instance.arrayNode();

    StreamQuery(Draws draws) {
        this.draws = draws;
    }

    /** One of these modes, and now and then one that may not go with it. */
    void shape(String shape, String... modes) {
        this.shape = shape;
        mode = draws.chance(0.15) ? draws.of("append", "update", "complete") : draws.of(modes);
    }

    void read(String stream) {
        if (!streams.contains(stream)) {
            streams.add(stream);
        }
    }

    void then(String sql) {
        ops.addObject().put("op", "sql").put("sql", sql);
    }

    ObjectNode op(String name) {
        return ops.addObject().put("op", name);
    }

    void dropDuplicates(boolean withinWatermark, List<String> columns) {
        ObjectNode op = op(withinWatermark ? "dropDuplicatesWithinWatermark" : "dropDuplicates");
        if (!columns.isEmpty()) {
            ArrayNode names = op.putArray("columns");
            columns.forEach(names::add);
        }
    }
}
