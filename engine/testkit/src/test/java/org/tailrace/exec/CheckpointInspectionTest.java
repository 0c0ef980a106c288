package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;
import org.tailrace.report.CheckpointReport;
import org.tailrace.state.CheckpointInspection;

/** What can be seen of a checkpoint from outside, whole and damaged in every byte. */
@Timeout(60)
class CheckpointInspectionTest {
    private final Fixture world = new Fixture();

    private CheckpointReport look() {
        return CheckpointInspection.of(world.files, Fixture.CHECKPOINT, false);
    }

    private void run(int batches) throws Exception {
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        world.compactBytes = 200;
        var q = world.start();
        for (int i = 0; i < batches; i++) {
            world.add("a", i, "b" + i, i);
            q.step(1);
        }
        q.stop();
    }

    @Test
    void it_tells_query_plan_batches_state_and_files() throws Exception {
        run(5);
        CheckpointReport report = look();
        assertEquals(List.of(), report.problems());
        assertEquals(world.fingerprint, report.plan());
        assertEquals(1, report.epoch());
        assertTrue(
                report.settings().containsKey("spark.sql.session.timeZone"),
                report.settings().toString());
        assertEquals(9, report.batches().size());
        assertEquals(OptionalLong.of(8), report.lastBatch());
        assertTrue(report.batches().get(8).noData());
        assertTrue(report.batches().get(0).inputBytes() > 0);
        CheckpointReport.Store store = report.state().get(0);
        assertTrue(store.snapshotVersion() >= 0 && store.snapshotRows() > 0, store.toString());
        assertEquals(8, store.changedTo());
        assertTrue(report.files().stream().allMatch(file -> file.health().equals("ok")));
    }

    @Test
    void it_can_look_beside_the_running_query_and_leaves_no_trace() throws Exception {
        world.checkpoint = Optional.of(Fixture.CHECKPOINT);
        var q = world.start();
        world.add("a", 1);
        q.step(1);
        List<FileSystem.Entry> before = world.files.list(Fixture.CHECKPOINT);
        assertTrue(look().lastBatch().isPresent());
        assertEquals(before, world.files.list(Fixture.CHECKPOINT));
        world.add("a", 2);
        q.step(1);
        assertEquals("RUNNING", q.status().state().name());
        q.stop();
    }

    @Test
    void every_damaged_byte_is_told_with_its_file() throws Exception {
        run(3);
        for (FileSystem.Entry entry : world.files.list(Fixture.CHECKPOINT)) {
            String name = entry.path().getFileName().toString();
            if (name.equals("lock") || entry.directory()) {
                continue;
            }
            byte[] good = world.files.read(entry.path());
            for (int at = 0; at < good.length; at++) {
                byte[] bad = good.clone();
                bad[at] ^= 0x10;
                write(entry.path(), bad);
                CheckpointReport report = look();
                boolean told = report.files().stream()
                        .anyMatch(file ->
                                file.name().equals(name) && !file.health().equals("ok"));
                assertTrue(told, "byte " + at + " of " + name);
                // On past batches nothing rests.
                assertEquals(name.startsWith("kept-"), report.healthy(), "byte " + at + " of " + name);
                assertTrue(
                        report.healthy()
                                || report.problems().stream().anyMatch(problem -> problem.startsWith(name + ": ")),
                        "byte " + at + " of " + name + ": " + report.problems());
            }
            write(entry.path(), good);
        }
        assertTrue(look().healthy());
    }

    private void write(Path file, byte[] bytes) throws IOException {
        try (FileSystem.Output out = world.files.create(file)) {
            out.write(bytes, 0, bytes.length);
        }
    }

    @Test
    void a_record_that_is_cut_off_is_told_with_its_number_and_byte() throws Exception {
        run(3);
        FileSystem.Entry log = world.files.list(Fixture.CHECKPOINT).stream()
                .filter(entry -> entry.path().getFileName().toString().startsWith("batches-"))
                .findFirst()
                .orElseThrow();
        byte[] whole = world.files.read(log.path());
        world.files.put(log.path(), Arrays.copyOf(whole, whole.length - 3));
        String problem = look().problems().get(0);
        assertTrue(problem.matches("(?s)batches-0+: record \\d+ at byte \\d+ is not whole.*"), problem);
    }

    @Test
    void metadata_that_is_gone_and_a_folder_without_a_checkpoint_are_told() throws Exception {
        run(2);
        world.files.delete(Fixture.CHECKPOINT.resolve("metadata"));
        assertTrue(look().problems().get(0).startsWith("metadata: it is missing"));
        assertEquals(3, look().batches().size());
        var none = assertThrows(
                CheckpointException.class, () -> CheckpointInspection.of(world.files, Path.of("/nothing"), false));
        assertEquals("TR-609", none.code());
    }
}
