package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.DataException;
import org.tailrace.error.PlanException;
import org.tailrace.error.SourceException;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Providers;
import org.tailrace.spi.Source;

class FileSourceTest {
    private static final Schema SCHEMA = DdlParser.schema("n int");
    private final Environment env = SystemEnvironment.create();
    private long clockMs = 1_700_000_000_000L;

    @TempDir
    Path temp;

    private Path in;

    @BeforeEach
    void directory() throws IOException {
        in = Files.createDirectories(temp.resolve("in"));
    }

    private Path file(String name, String text) throws IOException {
        Path file = in.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        clockMs += 1000;
        Files.setLastModifiedTime(file, FileTime.fromMillis(clockMs));
        return file;
    }

    private SourceSpec spec(boolean streaming, String... options) {
        var given = new TreeMap<>(Map.of("path", in.toString()));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i].toLowerCase(java.util.Locale.ROOT), options[i + 1]);
        }
        return Providers.source("csv", getClass().getClassLoader()).describe("csv", given, SCHEMA, streaming, env);
    }

    private Source open(String... options) throws Exception {
        return new FileProvider().open(spec(true, options), env);
    }

    private static Offset plan(Source source, @Nullable Offset from) throws Exception {
        return source.plan(from, Source.Limit.NONE).orElseThrow();
    }

    private static List<List<@Nullable Object>> rows(Source source, @Nullable Offset from, Offset to) throws Exception {
        return Reading.rows(source, from, to);
    }

    @Test
    void each_file_is_read_once_oldest_first() throws Exception {
        file("b.csv", "1\n2\n");
        file("a.csv", "3\n");
        Source source = open();
        Offset first = plan(source, null);
        assertEquals(List.of(List.of(1), List.of(2), List.of(3)), rows(source, null, first));
        assertTrue(source.plan(first, Source.Limit.NONE).isEmpty());
        source.commit(first);
        file("c.csv", "4\n");
        Offset second = plan(source, first);
        assertEquals(List.of(List.of(4)), rows(source, first, second));
        assertEquals(4, rows(source, null, second).size());
    }

    @Test
    void hidden_and_unfinished_files_wait_for_their_rename() throws Exception {
        file(".secret.csv", "1\n");
        file("_SUCCESS", "1\n");
        Path growing = file("x.csv.tmp", "1\n");
        file("sub/deep.csv", "9\n");
        Source source = open();
        assertTrue(source.plan(null, Source.Limit.NONE).isEmpty());
        Files.move(growing, in.resolve("x.csv"));
        assertEquals(List.of(List.of(1)), rows(source, null, plan(source, null)));
    }

    @Test
    void limits_of_files_and_bytes_cut_ranges() throws Exception {
        for (int i = 0; i < 5; i++) {
            file(i + ".csv", i + "\n");
        }
        Source byFiles = open("maxFilesPerTrigger", "2");
        Offset one = plan(byFiles, null);
        Offset two = plan(byFiles, one);
        Offset three = plan(byFiles, two);
        assertEquals(List.of(List.of(2), List.of(3)), rows(byFiles, one, two));
        assertEquals(List.of(List.of(4)), rows(byFiles, two, three));
        Source byBytes = open("maxBytesPerTrigger", "3b");
        assertEquals(List.of(List.of(0)), rows(byBytes, null, plan(byBytes, null)));
        Source latest = open("latestFirst", "true", "maxFilesPerTrigger", "1");
        assertEquals(List.of(List.of(4)), rows(latest, null, plan(latest, null)));
    }

    @Test
    void an_offset_names_the_files_of_its_range() throws Exception {
        file("a.csv", "1\n");
        Source source = open();
        String json = plan(source, null).json();
        file("b.csv", "2\n");
        Source restarted = open();
        Offset same = restarted.offset(json);
        assertEquals(List.of(List.of(1)), rows(restarted, null, same));
        assertEquals(List.of(List.of(2)), rows(restarted, same, plan(restarted, same)));
    }

    @Test
    void a_range_that_did_not_come_about_is_planned_again() throws Exception {
        file("a.csv", "1\n");
        Source source = open();
        Offset lost = plan(source, null);
        file("b.csv", "2\n");
        assertEquals(lost, plan(source, null));
        assertEquals(List.of(List.of(2)), rows(source, lost, plan(source, lost)));
    }

    @Test
    void with_a_checkpoint_a_file_is_read_once_across_restarts() throws Exception {
        Path memory = temp.resolve("cp/sources/0");
        Offset last = null;
        for (int run = 0; run < 5; run++) {
            file("f" + run + ".csv", run + "\n");
            if (run == 3) {
                Files.setLastModifiedTime(in.resolve("f3.csv"), FileTime.fromMillis(clockMs - 60_000));
            }
            Source source = open();
            source.rememberIn(memory);
            Offset from = last == null ? null : source.offset(last.json());
            Offset to = plan(source, from);
            assertEquals(List.of(List.of(run)), rows(source, from, to));
            if (run != 2) {
                source.commit(to);
            }
            last = to;
        }
        String log = Files.readString(memory.resolve("seen.log"));
        assertEquals(6, log.lines().count(), log);
    }

    @Test
    void a_torn_range_at_the_end_of_the_log_is_cut_off_and_one_before_a_later_range_is_damage() throws Exception {
        Path memory = temp.resolve("cp");
        file("a.csv", "1\n");
        file("we\\ird\nname.csv", "2\n");
        Source source = open();
        source.rememberIn(memory);
        Offset to = plan(source, null);
        source.commit(to);
        Path log = memory.resolve("seen.log");
        String good = Files.readString(log);
        Files.writeString(log, good + "1234abcd 2 17");
        Source again = open();
        again.rememberIn(memory);
        assertTrue(again.plan(again.offset(to.json()), Source.Limit.NONE).isEmpty());
        assertEquals(good, Files.readString(log));
        // The offset still has the files of its own range.
        Files.writeString(log, good.replaceFirst("a.csv", "b.csv"));
        again = open();
        again.rememberIn(memory);
        assertTrue(again.plan(again.offset(to.json()), Source.Limit.NONE).isEmpty());
        Files.writeString(log, good);
        file("later.csv", "3\n");
        again = open();
        again.rememberIn(memory);
        Offset later = plan(again, again.offset(to.json()));
        again.commit(later);
        assertEquals(4, Files.readString(log).lines().count());
        for (String damaged : List.of(
                good.replaceFirst("a.csv", "b.csv"), good.lines().findFirst().get() + "\n")) {
            Files.writeString(log, damaged);
            assertNotRead(memory, later);
        }
        Files.delete(log);
        assertNotRead(memory, later);
        assertEquals(
                "TR-441",
                assertThrows(CheckpointException.class, () -> source.offset("[1,[2]]"))
                        .code());
    }

    private void assertNotRead(Path memory, Offset at) throws Exception {
        Source source = open();
        source.rememberIn(memory);
        assertEquals(
                "TR-442",
                assertThrows(CheckpointException.class, () -> source.offset(at.json()))
                        .code());
    }

    @Test
    void files_far_older_than_the_newest_are_not_taken_later_and_may_be_forgotten() throws Exception {
        file("a.csv", "1\n");
        Source source = open("maxFileAge", "1h");
        Offset first = plan(source, null);
        source.commit(first);
        clockMs += 7_200_000;
        file("b.csv", "2\n");
        clockMs -= 7_200_000;
        file("late-but-old.csv", "3\n");
        Offset second = plan(source, first);
        assertEquals(List.of(List.of(2)), rows(source, first, second));
        source.commit(second);
        assertTrue(source.plan(second, Source.Limit.NONE).isEmpty());
    }

    @Test
    void what_is_appended_after_planning_is_not_read_and_a_cut_or_missing_file_is_an_error() throws Exception {
        Path growing = file("a.csv", "1\n");
        Source source = open();
        Offset to = plan(source, null);
        Files.writeString(growing, "1\n2\n");
        assertEquals(List.of(List.of(1)), rows(source, null, to));
        Files.writeString(growing, "");
        assertEquals(
                "TR-422",
                assertThrows(SourceException.class, () -> rows(source, null, to))
                        .code());
        Files.delete(growing);
        var missing = assertThrows(SourceException.class, () -> rows(source, null, to));
        assertTrue(missing.getMessage().contains("a.csv"), missing.getMessage());
        assertFalse(missing.retries());
    }

    @Test
    void patterns_recursion_and_file_names() throws Exception {
        file("2024-01/a.csv", "1\n");
        file("2024-02/a.csv", "2\n");
        file("2025-01/b.txt", "3\n");
        Source pattern = new FileProvider().open(spec(true, "path", in + "/2024-*/*.csv"), env);
        assertEquals(List.of(List.of(1), List.of(2)), rows(pattern, null, plan(pattern, null)));
        Source deep = open("recursiveFileLookup", "true");
        assertEquals(3, rows(deep, null, plan(deep, null)).size());
        Source filtered = open("recursiveFileLookup", "true", "pathGlobFilter", "*.csv");
        assertEquals(2, rows(filtered, null, plan(filtered, null)).size());
        Source byName = open("recursiveFileLookup", "true", "fileNameOnly", "true");
        assertEquals(List.of(List.of(1), List.of(3)), rows(byName, null, plan(byName, null)));
    }

    @Test
    void committed_files_can_be_deleted_or_archived() throws Exception {
        Path a = file("a.csv", "1\n");
        Source deleting = open("cleanSource", "delete");
        Offset to = plan(deleting, null);
        assertTrue(Files.exists(a));
        deleting.commit(to);
        assertFalse(Files.exists(a));
        Path b = file("b.csv", "2\n");
        Path archive = temp.resolve("archive");
        Source archiving = open("cleanSource", "archive", "sourceArchiveDir", archive.toString());
        archiving.commit(plan(archiving, null));
        assertFalse(Files.exists(b));
        assertEquals("2\n", Files.readString(archive.resolve(b.getRoot().relativize(b))));
    }

    @Test
    void a_bounded_read_takes_all_files_once() throws Exception {
        file("a.csv", "1\n");
        file("b.csv", "2\n");
        Source source = new FileProvider().open(spec(false), env);
        assertTrue(source.capabilities().bounded());
        Offset to = plan(source, null);
        assertEquals(2, rows(source, null, to).size());
        assertTrue(source.finished(to));
        Source one =
                new FileProvider().open(spec(false, "path", in.resolve("b.csv").toString()), env);
        assertEquals(List.of(List.of(2)), rows(one, null, plan(one, null)));
    }

    @Test
    void bad_records_are_counted_and_kept_or_end_the_query() throws Exception {
        var text = new StringBuilder("1\n");
        for (int i = 0; i < 300; i++) {
            text.append("bad").append(i).append('\n');
        }
        Path file = file("a.csv", text + "2\n");
        Source source = open();
        var range = Reading.range(source, null, plan(source, null));
        assertEquals(2, range.rows().size());
        assertEquals(300, range.bad());
        assertEquals(100, range.samples().size());
        assertEquals(file + " line 2", range.samples().get(0).position());
        assertEquals("bad0", range.samples().get(0).raw());
        for (String[] option : new String[][] {{"mode", "FAILFAST"}, {"failFast", "true"}}) {
            Source strict = open(option);
            Offset to = plan(strict, null);
            var failure = assertThrows(DataException.class, () -> rows(strict, null, to));
            assertEquals("TR-421", failure.code());
            assertTrue(failure.getMessage().contains("line 2"), failure.getMessage());
        }
    }

    @Test
    void a_missing_directory_is_told_with_its_neighbours() {
        var missing = assertThrows(
                PlanException.class,
                () -> spec(true, "path", temp.resolve("inn").toString()));
        assertEquals("TR-420", missing.code());
        assertTrue(missing.getMessage().contains("no such directory"), missing.getMessage());
        assertTrue(missing.getMessage().contains("did you mean 'in'?"), missing.getMessage());
        assertTrue(assertThrows(PlanException.class, () -> spec(true, "path", in + "/trades.csv"))
                .getMessage()
                .contains("no such file"));
    }

    @Test
    void a_header_without_a_declared_column_is_told_when_the_query_is_made() throws Exception {
        file("a.csv", "m,k\n1,2\n");
        var wrong = assertThrows(PlanException.class, () -> spec(true, "header", "true"));
        assertEquals("TR-410", wrong.code());
        assertTrue(wrong.getMessage().contains("have  m, k"), wrong.getMessage());
    }

    @Test
    void wrong_options_are_told() {
        assertEquals(
                "TR-402",
                assertThrows(PlanException.class, () -> spec(true, "maxFilePerTrigger", "1"))
                        .code());
        assertEquals(
                "TR-404",
                assertThrows(PlanException.class, () -> spec(true, "cleanSource", "shred"))
                        .code());
        assertEquals(
                "TR-403",
                assertThrows(PlanException.class, () -> spec(true, "cleanSource", "archive"))
                        .code());
        assertEquals(
                "TR-404",
                assertThrows(PlanException.class, () -> spec(true, "maxBytesPerTrigger", "lots"))
                        .code());
    }
}
