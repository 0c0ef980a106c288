package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed for good, on the disk of this machine. */
@Timeout(300)
class FileKillTest {
    @TempDir
    Path folder;

    @Test
    void F1_SIGKILL_at_any_moment_loses_and_doubles_no_row_of_files() throws Exception {
        FileKillLoop.Ledger ledger = FileKillLoop.kill(folder, 5, 1);
        assertEquals(List.of(), ledger.lost());
        assertEquals(List.of(), ledger.doubled());
    }
}
