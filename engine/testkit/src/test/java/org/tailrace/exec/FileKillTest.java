package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.testkit.Ledger;

/** Processes that are killed for good, or paused and taken over from, on the disk of this machine. */
@Timeout(300)
class FileKillTest {
    @TempDir
    Path folder;

    @Test
    void F1_SIGKILL_at_any_moment_loses_and_doubles_no_row_of_files() throws Exception {
        try (var loop = new FileKillLoop(folder, "good", 1)) {
            loop.kill(4);
            // Row F6: a process that is paused, and wakes up when another has taken its place.
            assertEquals("TR-608", loop.takeOver());
            loop.finish();
            Ledger ledger = loop.ledger();
            assertEquals(List.of(), ledger.lost());
            assertEquals(List.of(), ledger.doubled());
        }
    }
}
