package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.PlanException;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Providers;

class ReplaySourceTest {
    private static final Schema SCHEMA = DdlParser.schema("id string, at timestamp");
    private final Environment env = SystemEnvironment.create();

    @TempDir
    Path temp;

    private ReplaySource open(String text, String... options) throws Exception {
        Path file = temp.resolve("events.csv");
        Files.writeString(file, text);
        var given = new TreeMap<>(Map.of("path", file.toString(), "arrivalcolumn", "at", "every", "10 minutes"));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        var provider = Providers.source("replay", getClass().getClassLoader());
        return (ReplaySource) provider.open(provider.describe("replay", given, SCHEMA, true, env), env);
    }

    private static long micros(String time) {
        return Instant.parse(time).toEpochMilli() * 1000;
    }

    private static List<Object> ids(ReplaySource source, Offset from, Offset to) throws Exception {
        return Reading.rows(source, from, to).stream().map(row -> row.get(0)).toList();
    }

    private static final String EVENTS = """
            id,at
            c,2024-01-01 00:12:00
            a,2024-01-01 00:01:00
            x,
            b,2024-01-01 00:10:00
            d,2024-01-01 00:12:00
            y,noon
            e,2024-01-01 01:00:01
            """;

    @Test
    void rows_come_by_arrival_and_equal_ones_as_in_the_file() throws Exception {
        ReplaySource source = open(EVENTS);
        assertEquals(
                micros("2024-01-01T00:01:00Z"), source.nextArrivalMicros(null).orElseThrow());
        Offset one = source.until(null, micros("2024-01-01T00:10:00Z"));
        assertEquals(List.of("a", "b"), ids(source, null, one));
        assertEquals(
                micros("2024-01-01T00:12:00Z"), source.nextArrivalMicros(one).orElseThrow());
        Offset two = source.until(one, micros("2024-01-01T00:20:00Z"));
        assertEquals(List.of("c", "d"), ids(source, one, two));
        assertEquals(
                two.json(),
                source.plan(one, org.tailrace.spi.Source.Limit.NONE)
                        .orElseThrow()
                        .json());
        Offset idle = source.until(two, micros("2024-01-01T01:00:00Z"));
        assertEquals(two.json(), idle.json());
        assertFalse(source.finished(idle));
        Offset end = source.until(idle, micros("2024-01-01T01:10:00Z"));
        assertEquals(List.of("e"), ids(source, idle, end));
        assertTrue(source.finished(end));
        assertTrue(source.nextArrivalMicros(end).isEmpty());
        assertArrayEquals(new long[] {5, 5}, source.progress(end));
    }

    @Test
    void records_that_cannot_be_used_are_told_with_the_first_rows() throws Exception {
        ReplaySource source = open(EVENTS);
        Offset one = source.until(null, micros("2024-01-01T00:10:00Z"));
        var range = Reading.range(source, null, one);
        assertEquals(2, range.bad());
        assertTrue(
                range.samples().get(0).position().endsWith("events.csv line 7"),
                range.samples().toString());
        assertEquals(
                "column 'at' is NULL, so nobody knows when the row arrived",
                range.samples().get(1).reason());
        assertEquals(
                0, Reading.range(source, one, source.until(one, Long.MAX_VALUE)).bad());
        assertEquals(1, source.notes().size());
    }

    @Test
    void an_offset_survives_a_restart_but_not_another_file() throws Exception {
        String json = open(EVENTS).until(null, micros("2024-01-01T00:10:00Z")).json();
        ReplaySource again = open(EVENTS);
        assertEquals(List.of("c", "d", "e"), ids(again, again.offset(json), again.until(null, Long.MAX_VALUE)));
        ReplaySource other = open(EVENTS + "f,2024-01-01 00:00:00\n");
        assertEquals(
                "TR-443",
                assertThrows(CheckpointException.class, () -> other.offset(json))
                        .code());
    }

    @Test
    void paces() throws Exception {
        assertEquals(10, open(EVENTS).speed());
        assertEquals(0, open(EVENTS, "speed", "max").speed());
        assertEquals(0.5, open(EVENTS, "speed", "300x").speed());
        assertEquals(600_000_000L, open(EVENTS).intervalMicros());
        for (String wrong : List.of("fast", "0x", "-1x", "x")) {
            assertEquals("TR-404", code(Map.of("speed", wrong)), wrong);
        }
        assertEquals("TR-404", code(Map.of("every", "0 seconds")));
        assertEquals("TR-404", code(Map.of("every", "soon")));
    }

    @Test
    void an_arrival_column_has_to_be_there_and_a_timestamp() {
        var missing = assertThrows(PlanException.class, () -> open(EVENTS, "arrivalcolumn", "att"));
        assertEquals("TR-424", missing.code());
        assertTrue(missing.getMessage().contains("have  id string, at timestamp"), missing.getMessage());
        assertTrue(missing.getMessage().contains("did you mean 'at'?"), missing.getMessage());
        assertEquals("TR-425", code(Map.of("arrivalcolumn", "id")));
        assertEquals("TR-420", code(Map.of("path", temp.resolve("none.csv").toString())));
        assertEquals("TR-401", code(Map.of("format", "parquet")));
    }

    private String code(Map<String, String> options) {
        String[] given = options.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray(String[]::new);
        return assertThrows(PlanException.class, () -> open(EVENTS, given)).code();
    }

    @Test
    void any_order_is_sorted_stably() {
        var random = new Random(11);
        for (int round = 0; round < 300; round++) {
            long[] keys =
                    random.longs(random.nextInt(200), 0, 1 + random.nextInt(30)).toArray();
            var expected = new ArrayList<Integer>();
            for (int i = 0; i < keys.length; i++) {
                expected.add(i);
            }
            expected.sort((a, b) -> Long.compare(keys[a], keys[b]));
            assertArrayEquals(expected.stream().mapToInt(i -> i).toArray(), StableOrder.of(keys));
        }
    }
}
