package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.testkit.Ledger;

/** A process between two topics that is killed for good two hundred times, and a negative control. */
@Tag("faults")
@ExtendWith(Topics.class)
class FullKafkaKillsTest {
    private static final long SEED = Long.getLong("tailrace.seed", 1);

    @TempDir
    Path folder;

    @Test
    void F1_SIGKILL_two_hundred_times_loses_and_doubles_no_row_of_a_topic() throws Exception {
        try (var loop = KafkaKillLoop.of(folder, "good", SEED)) {
            loop.kill(Math.max(1, 210 * Integer.getInteger("tailrace.faults.share", 100) / 100));
            Ledger ledger = loop.ledger();
            System.out.println(
                    ledger.line("SIGKILL, topic to topic") + ", " + loop.brokerRestarts() + " restarts of the broker");
            assertEquals(List.of(), ledger.lost());
            assertEquals(List.of(), ledger.doubled());
        }
    }

    @Test
    void a_sink_without_transactions_is_found() throws Exception {
        try (var loop = KafkaKillLoop.of(folder, "bad", SEED)) {
            Ledger ledger = loop.ledger();
            for (int i = 0; i < 60 && ledger.doubled().isEmpty(); i++) {
                loop.kill();
                ledger = loop.ledger();
            }
            System.out.printf(
                    Locale.ROOT, "%-34s found after %d kills%n", "a sink without transactions", ledger.kills());
            assertFalse(ledger.doubled().isEmpty(), "after " + ledger.kills() + " kills");
        }
    }
}
