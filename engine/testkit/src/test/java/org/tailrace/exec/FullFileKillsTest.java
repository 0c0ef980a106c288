package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed for good two hundred times, and a negative control. */
@Tag("faults")
class FullFileKillsTest {
    private static final long SEED = Long.getLong("tailrace.seed", 1);

    @TempDir
    Path folder;

    @Test
    void F1_SIGKILL_two_hundred_times_loses_and_doubles_no_row_of_files() throws Exception {
        long start = System.nanoTime();
        FileKillLoop.Ledger ledger = FileKillLoop.kill(
                folder, Math.max(1, 210 * Integer.getInteger("tailrace.faults.share", 100) / 100), SEED);
        System.out.printf(
                Locale.ROOT,
                "%-34s %,9d kills, %d of them before the query ran, %,d rows, %d lost, %d doubled %6.0f s%n",
                "SIGKILL, files to files",
                ledger.kills(),
                ledger.killsBeforeReady(),
                ledger.given(),
                ledger.lost().size(),
                ledger.doubled().size(),
                (System.nanoTime() - start) / 1e9);
        assertEquals(List.of(), ledger.lost());
        assertEquals(List.of(), ledger.doubled());
    }

    @Test
    void a_program_that_commits_before_its_sink_has_the_rows_is_found() throws Exception {
        var loop = new FileKillLoop(folder, "bad", SEED);
        FileKillLoop.Ledger ledger = loop.ledger();
        for (int i = 0; i < 60 && ledger.lost().isEmpty(); i++) {
            loop.kill();
            if (i % 5 == 4) {
                loop.finish();
                ledger = loop.ledger();
            }
        }
        assertFalse(ledger.lost().isEmpty(), "after " + ledger.kills() + " kills");
    }
}
