package org.tailrace.testkit.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tailrace.expr.Function;
import org.tailrace.expr.builtin.Functions;
import org.tailrace.testkit.random.RandomQueries.Kind;

/** That nothing which the engine has goes undrawn. */
class RandomQueriesTest {

    private static RandomQueries drawn(Kind kind, int queries) {
        var random = new RandomQueries(5);
        for (int i = 0; i < queries; i++) {
            random.query(i, kind);
        }
        return random;
    }

    private static List<String> listed() throws IOException {
        try (var in = RandomQueriesTest.class.getResourceAsStream("/org/tailrace/testkit/constructs.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(line -> line.endsWith(" *")
                            ? Stream.of("append", "update", "complete")
                                    .map(mode -> line.substring(0, line.length() - 1) + "in " + mode + " mode")
                            : Stream.of(line))
                    .toList();
        }
    }

    @Test
    void the_constructs_that_are_drawn_are_those_of_the_list() throws Exception {
        var drawn = new TreeSet<String>();
        for (Kind kind : List.of(Kind.STREAMS, Kind.BOUNDED, Kind.PROJECTIONS)) {
            drawn.addAll(
                    drawn(kind, kind == Kind.STREAMS ? 15_000 : 600).counts().keySet());
        }
        drawn.removeIf(name -> name.startsWith("function ") || name.startsWith("form ") || name.contains("cast to "));
        var missing = new TreeSet<>(listed());
        missing.removeAll(drawn);
        drawn.removeAll(listed());
        assertEquals("[] []", missing + " " + drawn, "constructs listed and not drawn, and drawn and not listed");
    }

    @Test
    void every_function_is_drawn_several_times_in_a_run_and_so_is_every_operator_and_cast() {
        Map<String, Integer> counts = drawn(Kind.ALL, 2000).counts();
        var rare = new TreeSet<String>();
        for (Function function : Functions.table().all()) {
            if (counts.getOrDefault("function " + function.name(), 0) < 3) {
                rare.add(function.name());
            }
        }
        for (String form : Forms.OPERATORS) {
            if (!counts.containsKey("form " + form)) {
                rare.add(form);
            }
        }
        for (String target : Forms.TARGETS) {
            if (!counts.containsKey("cast to " + target) || !counts.containsKey("try_cast to " + target)) {
                rare.add("cast to " + target);
            }
        }
        assertEquals("[]", rare.toString());
    }

    @Test
    void a_query_is_the_same_again_whatever_was_drawn_before() {
        var one = new RandomQueries(3);
        String query = one.query(7, Kind.ALL).scenario().toString();
        one.query(8, Kind.ALL);
        assertEquals(query, one.query(7, Kind.ALL).scenario().toString());
        assertEquals(query, new RandomQueries(3).query(7, Kind.ALL).scenario().toString());
    }
}
