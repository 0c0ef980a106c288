package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.testkit.Ledger;

/** A process that is killed for good two hundred times, one that is taken over from twenty times, and a negative control. */
@Tag("faults")
class FullFileKillsTest {
    private static final long SEED = Long.getLong("tailrace.seed", 1);

    @TempDir
    Path folder;

    @Test
    void F1_SIGKILL_two_hundred_times_loses_and_doubles_no_row_of_files() throws Exception {
        try (var loop = new FileKillLoop(folder, "good", SEED)) {
            loop.kill(FaultFigures.share(210));
            judge("SIGKILL, files to files", loop);
        }
    }

    @Test
    void F6_a_paused_process_that_was_taken_over_from_loses_and_doubles_no_row_of_files() throws Exception {
        try (var loop = new FileKillLoop(folder, "good", SEED)) {
            int cycles = FaultFigures.share(20);
            for (int i = 0; i < cycles; i++) {
                assertEquals("TR-608", loop.takeOver(), "cycle " + i);
            }
            loop.finish();
            judge("SIGSTOP and SIGCONT, " + cycles + " times", loop);
        }
    }

    private static void judge(String what, FileKillLoop loop) throws Exception {
        Ledger ledger = loop.ledger();
        System.out.println(ledger.line(what));
        assertEquals(List.of(), ledger.lost());
        assertEquals(List.of(), ledger.doubled());
    }

    @Test
    void a_program_that_commits_before_its_sink_has_the_rows_is_found() throws Exception {
        try (var loop = new FileKillLoop(folder, "bad", SEED)) {
            Ledger ledger = loop.ledger();
            for (int i = 0; i < 20 && ledger.lost().isEmpty(); i++) {
                loop.kill(5);
                ledger = loop.ledger();
            }
            System.out.println(ledger.line("a commit before the sink"));
            assertFalse(ledger.lost().isEmpty(), "after " + ledger.kills() + " kills");
        }
    }
}
