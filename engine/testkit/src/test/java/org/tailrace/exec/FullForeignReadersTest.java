package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.Dsl;
import org.tailrace.FilesTo;
import org.tailrace.Query;
import org.tailrace.Tailrace;
import org.tailrace.plan.SinkSpec;

/**
 * What a query writes into files over many restarts, in one folder for each key, is read whole by pandas and by DuckDB. Needs
 * Python and its package index; {@code -Dtailrace.python=PROGRAM} names one that has both packages.
 */
@Tag("faults")
class FullForeignReadersTest {
    private static final int RESTARTS = 20;
    private static final int ROWS = 7;
    private static final List<String> KEYS = List.of("a", "ü ß", "x=y", "50%", "1/2", "", "c:\\d");

    @TempDir
    Path folder;

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command));
        return said;
    }

    private String python() throws Exception {
        String given = System.getProperty("tailrace.python", "");
        if (!given.isEmpty()) {
            return given;
        }
        Path own = folder.resolve("python");
        run("python3", "-m", "venv", own.toString());
        String program = own.resolve("bin").resolve("python").toString();
        run(program, "-m", "pip", "install", "-q", "--only-binary", ":all:", "pandas==2.3.3", "duckdb==1.4.2");
        return program;
    }

    private void write(String format) throws Exception {
        FilesTo to = Dsl.files(folder.resolve(format).toString()).partitionBy("k");
        SinkSpec sink = format.equals("csv") ? to.csv() : to.json();
        try (Tailrace streams = Tailrace.local()) {
            Query q = streams.source("json")
                    .option("path", folder.resolve("in").toString())
                    .option("maxFilesPerTrigger", 1)
                    .schema("k string, v bigint")
                    .load()
                    .to(sink)
                    .append()
                    .asFastAsPossible()
                    .checkpoint(folder.resolve("checkpoint-" + format))
                    .start(format);
            q.processAllAvailable();
            q.stop();
        }
    }

    @Test
    void pandas_and_duckdb_read_partitioned_files_of_many_restarts_whole() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Map<String, long[]> sums = new TreeMap<>();
        for (int start = 0; start < RESTARTS; start++) {
            for (int file = 0; file < 2; file++) {
                var text = new StringBuilder();
                for (int row = 0; row < ROWS; row++) {
                    String key = KEYS.get((row + start) % KEYS.size());
                    long value = start * 100L + file * 10 + row;
                    text.append("{\"k\":\"").append(key.replace("\\", "\\\\")).append("\",\"v\":" + value + "}\n");
                    long[] sum =
                            sums.computeIfAbsent(key.isEmpty() ? "__HIVE_DEFAULT_PARTITION__" : key, k -> new long[2]);
                    sum[0]++;
                    sum[1] += value;
                }
                Path written = folder.resolve("written.json");
                Files.writeString(written, text);
                Files.move(
                        written,
                        folder.resolve("in").resolve(String.format(Locale.ROOT, "file-%03d-%d.json", start, file)));
            }
            write("csv");
            write("json");
        }
        var expected = new TreeSet<String>();
        for (String format : List.of("csv", "json")) {
            for (String program : List.of("duckdb", "pandas")) {
                sums.forEach(
                        (key, sum) -> expected.add(format + "|" + program + "|" + key + "|" + sum[0] + "|" + sum[1]));
            }
        }
        String script = Path.of("src", "test", "resources", "readers", "read.py")
                .toAbsolutePath()
                .toString();
        var found = new TreeSet<>(
                new ArrayList<>(run(python(), script, folder.toString()).lines().toList()));
        assertEquals(String.join("\n", expected), String.join("\n", found));
        System.out.printf("%-34s %,9d groups read as they were written%n", "pandas and DuckDB", found.size());
    }
}
