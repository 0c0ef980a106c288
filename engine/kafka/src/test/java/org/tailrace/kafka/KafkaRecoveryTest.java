package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.Dsl.kafka;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailrace.Query;
import org.tailrace.Tailrace;
import org.tailrace.env.Environment;
import org.tailrace.env.SystemEnvironment;
import org.tailrace.error.TailraceException;
import org.tailrace.testkit.Crash;
import org.tailrace.testkit.SimFileSystem;
import org.tailrace.testkit.SimFileSystem.Loss;

/**
 * From a topic to a topic, with a machine that stops at each operation on the checkpoint's disk: between the log of a batch and
 * its state, between the state and Kafka's commit, between Kafka's commit and the log of the commit.
 */
@Timeout(600)
@ExtendWith(Topics.class)
class KafkaRecoveryTest {
    private static final List<String> GIVEN = List.of("a,0", "b,1", "a,2", "b,3", "a,4");
    private static final List<String> EXPECTED = List.of("a,0,1", "b,1,1", "a,2,2", "b,3,2", "a,4,3");

    private static void run(SimFileSystem files, String in, String out, boolean exactlyOnce) throws Exception {
        Environment real = SystemEnvironment.create();
        var env = new Environment(files, real.clock(), real.scheduler(), real.randomness());
        try (Tailrace streams = Tailrace.builder().environment(env).build()) {
            Query q = Numbering.of(streams, Topics.servers(), in, 2)
                    .to(kafka(Topics.servers(), out).option("exactlyOnce", exactlyOnce))
                    .step()
                    .checkpoint(Path.of("/checkpoint"))
                    .start("numbered");
            q.processAllAvailable();
        } catch (Crash e) {
            // what the test is about
        } catch (TailraceException e) {
            if (!files.crashed()) {
                throw e;
            }
        }
    }

    /**
     * How often a row is there that should not be, over all crashes; lost rows are an error at once.
     *
     * @param part of the operations, the last of so many
     */
    private static int doubled(boolean exactlyOnce, int part) throws Exception {
        String in = Topics.make("recover-in", 1);
        Topics.send(in, 0, GIVEN.toArray(String[]::new));
        var clean = new SimFileSystem(1);
        String first = Topics.make("recover-out", 1);
        run(clean, in, first, true);
        assertEquals(EXPECTED, Topics.values(first));
        long last = clean.operations();
        int doubled = 0;
        for (long crash = last - last / part + 1; crash <= last; crash++) {
            String out = Topics.make("recover-out", 1);
            var files = new SimFileSystem(crash);
            files.crashAt(crash);
            run(files, in, out, exactlyOnce);
            assertTrue(files.crashed(), "crash at " + crash);
            run(files.restarted(crash % 2 == 0 ? Loss.KILL : Loss.LOST, crash), in, out, exactlyOnce);
            List<String> rows = Topics.values(out);
            assertEquals(EXPECTED, rows.stream().distinct().toList(), "crash at " + crash);
            doubled += rows.size() - EXPECTED.size();
        }
        return doubled;
    }

    @Test
    void F1_a_crash_at_any_step_of_the_last_batch_loses_and_doubles_no_row() throws Exception {
        assertEquals(0, doubled(true, 6));
    }

    @Test
    void without_transactions_the_same_crashes_double_rows() throws Exception {
        assertTrue(doubled(false, 6) > 0);
    }

    @Test
    @Tag("faults")
    void F1_a_crash_at_any_operation_loses_and_doubles_no_row() throws Exception {
        assertEquals(0, doubled(true, 1));
    }
}
