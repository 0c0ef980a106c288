package org.tailrace.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.CheckpointException;

/** Row F5 of the fault matrix: two processes on one checkpoint, on the real disk. */
@Timeout(120)
class TwoProcessesTest {
    @TempDir
    Path folder;

    /** What the other process runs: takes the checkpoint, says so, and holds it until it is killed. */
    public static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            CheckpointDir held = CheckpointDir.open(SystemEnvironment.create(), Path.of(args[0]), "query other");
            held.write(new Metadata("id", 1, 7, Map.of(), java.util.List.of("plan")));
            System.out.println("held");
            int end = System.in.read();
            System.exit(end + 1);
        }
    }

    @Test
    void F5_the_second_process_is_refused_with_the_pid_of_the_first_and_takes_over_once_that_is_dead()
            throws Exception {
        Environment environment = SystemEnvironment.create();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.resolve("cp").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var said = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("held", said.readLine());
            var refused = assertThrows(
                    CheckpointException.class,
                    () -> CheckpointDir.open(environment, folder.resolve("cp"), "query mine"));
            assertEquals("TR-603", refused.code());
            assertTrue(refused.getMessage().contains("process " + other.pid() + " on "), refused.getMessage());
            assertTrue(refused.getMessage().contains("query other, since "), refused.getMessage());
        } finally {
            other.destroyForcibly();
            assertTrue(other.waitFor(60, TimeUnit.SECONDS));
        }
        try (CheckpointDir mine = CheckpointDir.open(environment, folder.resolve("cp"), "query mine")) {
            assertEquals("id", mine.metadata().orElseThrow().id());
            // Nor does this process open it twice.
            var twice = assertThrows(
                    CheckpointException.class, () -> CheckpointDir.open(environment, folder.resolve("cp"), "again"));
            assertTrue(twice.getMessage().contains("query mine"), twice.getMessage());
        }
    }
}
