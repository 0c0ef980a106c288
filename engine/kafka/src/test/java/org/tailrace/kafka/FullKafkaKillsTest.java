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

/** A process between two topics that is killed for good two hundred times, and a negative control. */
@Tag("faults")
@ExtendWith(Topics.class)
class FullKafkaKillsTest {
    private static final long SEED = Long.getLong("tailrace.seed", 1);

    @TempDir
    Path folder;

    @Test
    void F1_SIGKILL_two_hundred_times_loses_and_doubles_no_row_of_a_topic() throws Exception {
        long start = System.nanoTime();
        KafkaKillLoop.Ledger ledger = KafkaKillLoop.kill(
                folder, Math.max(1, 210 * Integer.getInteger("tailrace.faults.share", 100) / 100), SEED);
        System.out.printf(
                Locale.ROOT,
                "%-34s %,9d kills, %d of them before the query ran, %d restarts of the broker, %,d rows, %d lost, %d doubled %6.0f s%n",
                "SIGKILL, topic to topic",
                ledger.kills(),
                ledger.killsBeforeReady(),
                ledger.brokerRestarts(),
                ledger.given(),
                ledger.lost().size(),
                ledger.doubled().size(),
                (System.nanoTime() - start) / 1e9);
        assertEquals(List.of(), ledger.lost());
        assertEquals(List.of(), ledger.doubled());
    }

    @Test
    void a_sink_without_transactions_is_found() throws Exception {
        var loop = new KafkaKillLoop(folder, "bad", SEED);
        KafkaKillLoop.Ledger ledger = loop.ledger();
        for (int i = 0; i < 60 && ledger.doubled().isEmpty(); i++) {
            loop.kill(false);
            ledger = loop.ledger();
        }
        System.out.printf(Locale.ROOT, "%-34s found after %d kills%n", "a sink without transactions", ledger.kills());
        assertFalse(ledger.doubled().isEmpty(), "after " + ledger.kills() + " kills");
    }
}
