package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.PlanException;
import org.tailrace.plan.OutputMode;
import org.tailrace.spi.Providers;
import org.tailrace.spi.Sink;

class FileSinkTest {
    private static final Schema SCHEMA = DdlParser.schema("k string, n int");
    private final Environment env = SystemEnvironment.create();

    @TempDir
    Path out;

    private Sink open(String kind, String query, Schema schema, String... options) throws Exception {
        var given = new TreeMap<>(Map.of("path", out.toString()));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i].toLowerCase(java.util.Locale.ROOT), options[i + 1]);
        }
        var provider = Providers.sink(kind, getClass().getClassLoader());
        Sink sink = provider.open(provider.describe(kind, given, null, env), env);
        sink.open(query, 1, schema, List.of());
        return sink;
    }

    private static Row row(@Nullable Object... values) {
        return new Row(SCHEMA, Arrays.asList(values));
    }

    private static void write(Sink sink, long id, Row... rows) throws Exception {
        var writer = sink.begin(id, OutputMode.APPEND);
        for (Row row : rows) {
            writer.append(Batch.of(row.schema(), List.of(row)));
        }
        writer.commit();
    }

    private Map<String, String> files() throws IOException {
        var found = new TreeMap<String, String>();
        try (var walk = Files.walk(out)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                found.put(out.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return found;
    }

    @Test
    void a_batch_is_one_file_and_a_repeated_batch_replaces_it() throws Exception {
        Sink sink = open("csv", "q1", SCHEMA);
        assertTrue(sink.lastCommitted().isEmpty());
        write(sink, 0, row("a", 1), row("b,c", null));
        write(sink, 1, row("d", 2));
        write(sink, 1, row("e", 3));
        assertEquals(
                Map.of("part-0000000000-q1.csv", "k,n\na,1\n\"b,c\",\n", "part-0000000001-q1.csv", "k,n\ne,3\n"),
                files());
        assertEquals(1, open("csv", "q1", SCHEMA).lastCommitted().orElseThrow());
        assertTrue(open("csv", "q2", SCHEMA).lastCommitted().isEmpty());
    }

    @Test
    void json_and_text_lines() throws Exception {
        write(open("json", "q", SCHEMA), 0, row("a", 1), row(null, 2));
        Schema one = DdlParser.schema("line string");
        write(open("text", "q", one), 7, new Row(one, List.of("hello")));
        assertEquals(
                Map.of(
                        "part-0000000000-q.json",
                        "{\"k\":\"a\",\"n\":1}\n{\"n\":2}\n",
                        "part-0000000007-q.text",
                        "hello\n"),
                files());
        assertEquals(
                "TR-409",
                assertThrows(PlanException.class, () -> open("text", "q", SCHEMA))
                        .code());
    }

    @Test
    void an_aborted_batch_and_one_without_rows_leave_nothing() throws Exception {
        Sink sink = open("csv", "q", SCHEMA);
        var writer = sink.begin(0, OutputMode.APPEND);
        writer.append(Batch.of(SCHEMA, List.of(row("a", 1))));
        writer.abort();
        write(sink, 1);
        assertEquals(Map.of(), files());
    }

    @Test
    void a_repeated_batch_without_rows_removes_its_file() throws Exception {
        write(open("csv", "q", SCHEMA), 3, row("a", 1));
        write(open("csv", "q", SCHEMA), 3);
        assertEquals(Map.of(), files());
    }

    @Test
    void unfinished_files_of_earlier_starts_are_cleared_away() throws Exception {
        Files.writeString(out.resolve(".part-0000000004-q.csv.0.tmp"), "half");
        Files.writeString(out.resolve(".part-0000000004-q.csv.tmp"), "half, by an older version");
        Files.writeString(out.resolve(".part-0000000004-q.csv.2.tmp"), "by a later start");
        Files.writeString(out.resolve(".part-0000000004-other.csv.0.tmp"), "someone else's");
        assertTrue(open("csv", "q", SCHEMA).lastCommitted().isEmpty());
        assertEquals(
                List.of(".part-0000000004-other.csv.0.tmp", ".part-0000000004-q.csv.2.tmp"),
                List.copyOf(files().keySet()));
    }

    @Test
    void partitions_are_directories_that_no_value_can_leave() throws Exception {
        Sink sink = open("csv", "q", SCHEMA, "partitionBy", "k");
        write(sink, 0, row("../../x", 1), row(null, 2), row("é", 3), row("plain", 4), row("plain", 5));
        assertEquals(
                List.of(
                        "k=%2E.%2F..%2Fx/part-0000000000-q.csv",
                        "k=%C3%A9/part-0000000000-q.csv",
                        "k=__HIVE_DEFAULT_PARTITION__/part-0000000000-q.csv",
                        "k=plain/part-0000000000-q.csv"),
                List.copyOf(files().keySet()));
        assertEquals("n\n4\n5\n", files().get("k=plain/part-0000000000-q.csv"));
        Sink again = open("csv", "q", SCHEMA, "partitionBy", "k");
        // Whether all files of batch 0 had been there is not known.
        assertTrue(again.lastCommitted().isEmpty());
        write(again, 0, row("plain", 6));
        assertEquals(Map.of("k=plain/part-0000000000-q.csv", "n\n6\n"), files());
        assertEquals(
                "TR-431",
                assertThrows(PlanException.class, () -> open("csv", "q", SCHEMA, "partitionBy", "m"))
                        .code());
    }

    @Test
    void only_append_is_taken() throws Exception {
        Sink sink = open("json", "q", SCHEMA);
        assertEquals(
                "TR-432",
                assertThrows(PlanException.class, () -> sink.begin(0, OutputMode.UPDATE))
                        .code());
    }

    @Test
    void what_a_sink_writes_a_source_reads() throws Exception {
        Sink sink = open("csv", "q", SCHEMA);
        write(sink, 0, row("a", 1), row("", 2), row(null, null));
        var provider = new FileProvider();
        var source = provider.open(provider.describe("csv", Map.of("path", out.toString()), SCHEMA, false, env), env);
        var to = source.plan(null, org.tailrace.spi.Source.Limit.NONE).orElseThrow();
        assertEquals(
                List.of(Arrays.asList("a", 1), Arrays.asList("", 2), Arrays.asList(null, null)),
                Reading.rows(source, null, to));
    }
}
