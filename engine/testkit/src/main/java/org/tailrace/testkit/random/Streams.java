package org.tailrace.testkit.random;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Streaming queries with their tables, settings and batches. Streams {@code e(k, v, x, ts)}, {@code f(k, w, u)} and
 * {@code g(k, w, u)}, table {@code d(k, name, n)}. Event times run ahead from batch to batch; rows come late, out of order, twice and with NULLs.
 */
final class Streams {
    private static final Instant BASE = Instant.parse("2024-01-01T10:00:00Z");
    private static final Instant EPOCH = Instant.parse("1969-12-31T23:40:00Z");
    private static final Instant CLOCKS_CHANGE = Instant.parse("2024-03-31T00:30:00Z");
    private final Draws draws;
    private final StreamQueries queries;
    private Instant base = BASE;

    Streams(Draws draws) {
        this.draws = draws;
        queries = new StreamQueries(draws);
    }

    ObjectNode next() {
        ObjectNode scenario = JsonNodeFactory.instance.objectNode();
        scenario.put("format", 1).put("name", "stream").put("category", "stream");
        StreamQuery query = queries.next();
        tables(scenario.putArray("tables"), query);
        scenario.put("sql", query.sql);
        if (!query.ops.isEmpty()) {
            scenario.set("ops", query.ops);
        }
        scenario.put("outputMode", query.mode);
        if (!query.shape.isEmpty()) {
            draws.count(query.shape + " in " + query.mode + " mode");
        }
        if (!query.sink.isEmpty()) {
            scenario.put("sink", query.sink);
        }
        if (query.ordered) {
            scenario.put("ordered", true).put("name", "mode_order_by_stream");
        }
        settings(scenario, query);
        scenario.putObject("compare").put("doubleTolerance", 1e-9).put("absoluteTolerance", 1e-12);
        batches(scenario.putArray("batches"), query);
        return scenario;
    }

    private void settings(ObjectNode scenario, StreamQuery query) {
        ObjectNode conf = scenario.putObject("conf");
        if (query.streams.size() > 1) {
            boolean max = draws.chance(0.25);
            draws.count("several streams, multipleWatermarkPolicy " + (max ? "max" : "min"));
            if (max) {
                conf.put("spark.sql.streaming.multipleWatermarkPolicy", "max");
            }
        }
        if (draws.drawn("stream with ANSI off", 0.1)) {
            conf.put("spark.sql.ansi.enabled", "false");
        }
        if (conf.isEmpty()) {
            scenario.remove("conf");
        }
        base = BASE;
        if (draws.drawn("times before 1970", 0.04)) {
            base = EPOCH;
        } else if (draws.drawn("times where clocks change", 0.06)) {
            base = CLOCKS_CHANGE;
        }
        if (draws.drawn("another time zone", 0.1)) {
            scenario.put("timeZone", draws.of("America/New_York", "Asia/Kolkata", "Europe/Berlin"));
        }
    }

    private void tables(ArrayNode tables, StreamQuery query) {
        for (String name : query.streams) {
            String[][] columns = name.equals("e")
                    ? new String[][] {{"k", "string"}, {"v", "bigint"}, {"x", "double"}, {"ts", "timestamp"}}
                    : new String[][] {{"k", "string"}, {"w", "int"}, {"u", "timestamp"}};
            ObjectNode table = table(tables, name, columns);
            if (!query.unmarked.contains(name) && draws.chance(query.watermarked)) {
                String delay = draws.of(
                        "0 seconds",
                        "10 seconds",
                        "2 minutes",
                        "5 minutes",
                        "10 minutes",
                        "1 hour",
                        "90 seconds",
                        "1 minute 1500 milliseconds",
                        "1 month");
                draws.count("watermark of " + delay);
                table.put("eventTimeColumn", name.equals("e") ? "ts" : "u").put("watermarkDelay", delay);
            } else {
                draws.count("stream without watermark");
            }
        }
        if (query.table) {
            ObjectNode table = table(tables, "d", new String[][] {{"k", "string"}, {"name", "string"}, {"n", "int"}});
            table.put("static", true);
            ArrayNode rows = table.putArray("rows");
            // A key twice would leave the order of a row's partners open.
            for (String key : new String[] {"a", "b", "c", null}) {
                if (draws.chance(0.6)) {
                    rows.addArray()
                            .add(key)
                            .add(draws.of("one", "two", "three"))
                            .add(draws.between(0, 5));
                }
            }
        }
    }

    private static ObjectNode table(ArrayNode tables, String name, String[][] columns) {
        ObjectNode table = tables.addObject().put("name", name);
        ArrayNode schema = table.putArray("schema");
        for (String[] column : columns) {
            schema.addObject().put("name", column[0]).put("type", column[1]);
        }
        return table;
    }

    private void batches(ArrayNode batches, StreamQuery query) {
        long clock = 0;
        int steps = draws.between(3, 5);
        ArrayNode earlier = JsonNodeFactory.instance.arrayNode();
        for (int step = 0; step < steps; step++) {
            ObjectNode batch = batches.addObject();
            if (step > 0 && draws.drawn("restart", 0.03)) {
                batch.putObject("$restart");
            }
            if (draws.drawn("step without rows", 0.05)) {
                continue;
            }
            clock += draws.of(0, 1, 3, 5, 8, 12, 20, 45) * 60L;
            for (String stream : query.streams) {
                if (query.streams.size() > 1 && draws.chance(0.2)) {
                    continue;
                }
                ArrayNode rows = batch.putArray(stream);
                for (int r = draws.drawn("empty block", 0.05) ? 0 : draws.between(1, 5); r > 0; r--) {
                    rows.add(row(stream, clock, query.nulls));
                }
                if (stream.equals("e") && !earlier.isEmpty() && draws.drawn("a row twice", 0.3)) {
                    rows.add(earlier.get(draws.below(earlier.size())));
                }
                if (stream.equals("e")) {
                    rows.forEach(earlier::add);
                }
            }
        }
    }

    private ArrayNode row(String stream, long clock, boolean nulls) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode();
        String key = nulls ? key() : draws.of("a", "b", "c");
        if (key == null) {
            row.addNull();
        } else {
            row.add(key);
        }
        if (nulls && draws.drawn("NULL value", 0.08)) {
            row.addNull();
        } else {
            row.add(draws.between(0, 6));
        }
        if (stream.equals("e")) {
            if (nulls && draws.chance(0.1)) {
                row.addNull();
            } else {
                row.add(number());
            }
        }
        if (nulls && draws.drawn("NULL event time", 0.06)) {
            return row.addNull();
        }
        long second = clock + draws.between(-6, 4) * 30L;
        if (draws.drawn("row far out of order", 0.15)) {
            second -= draws.of(5, 10, 20, 40, 90) * 60L;
        } else if (draws.drawn("row far in the future", 0.01)) {
            second += 86_400L * 40;
        }
        Duration rest = draws.chance(0.1) ? Duration.ofNanos(draws.of(1_000L, 999_000L, 500_000_000L)) : Duration.ZERO;
        return row.add(base.plusSeconds(second).plus(rest).toString());
    }

    private com.fasterxml.jackson.databind.JsonNode number() {
        if (draws.drawn("NaN, infinity or -0.0", 0.03)) {
            return JsonNodeFactory.instance.textNode(draws.of("NaN", "-0.0", "Infinity"));
        }
        return JsonNodeFactory.instance.numberNode(new BigDecimal(draws.of("0.5", "1.25", "-2.0", "3.0", "0.0")));
    }

    private @org.jspecify.annotations.Nullable String key() {
        return draws.drawn("NULL key", 0.1) ? null : draws.of("a", "a", "b", "c", "d");
    }
}
