package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.exec.BatchStep.COMMIT;
import static org.tailrace.exec.BatchStep.LOG;
import static org.tailrace.exec.BatchStep.PLAN;
import static org.tailrace.exec.BatchStep.REPORT;
import static org.tailrace.exec.BatchStep.RUN;
import static org.tailrace.exec.BatchStep.SAVE;
import static org.tailrace.exec.BatchStep.WRITE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailrace.testkit.SimFileSystem.Loss;

/** Crashes at every operation on the disk, and in the recovery from them; and bugs that such a campaign has to find. */
@Timeout(300)
class CrashTest {

    @Test
    void a_crash_at_any_operation_loses_and_doubles_nothing() throws Exception {
        var campaign = new CrashCampaign();
        long operations = campaign.operations();
        assertTrue(operations > 50, "only " + operations);
        for (long at = 1; at <= operations; at++) {
            for (Loss loss : Loss.values()) {
                for (long seed = 0; seed < 3; seed++) {
                    assertEquals("", campaign.run(List.of(at), loss, seed), loss + " at " + at + ", seed " + seed);
                }
            }
        }
    }

    @Test
    void a_crash_in_the_recovery_from_a_crash_loses_and_doubles_nothing() throws Exception {
        var campaign = new CrashCampaign();
        long operations = campaign.operations();
        for (long first = 1; first <= operations; first += 2) {
            for (long second = 1; second <= 24; second++) {
                assertEquals(
                        "",
                        campaign.run(List.of(first, second), Loss.HOSTILE, first * 31 + second),
                        "at " + first + ", then " + second);
            }
        }
    }

    @Test
    @Tag("faults")
    @Timeout(3600)
    void a_crash_anywhere_and_another_anywhere_after_it_lose_and_double_nothing() throws Exception {
        var campaign = new CrashCampaign();
        long operations = campaign.operations();
        for (long first = 1; first <= operations; first++) {
            for (long second = 1; second <= operations; second++) {
                long seed = first * 31 + second;
                Loss loss = Loss.values()[(int) (seed % Loss.values().length)];
                assertEquals("", campaign.run(List.of(first, second), loss, seed), first + ", then " + second);
            }
        }
    }

    private static boolean found(CrashCampaign campaign) throws InterruptedException {
        for (long at = 1; at <= 80; at++) {
            for (Loss loss : Loss.values()) {
                for (long seed = 0; seed < 4; seed++) {
                    if (!campaign.run(List.of(at), loss, seed).isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Test
    void the_campaign_finds_a_wrong_order_of_steps() throws Exception {
        var orders = new ArrayList<List<BatchStep>>();
        orders.add(List.of(PLAN, LOG, RUN, SAVE, COMMIT, WRITE, REPORT));
        orders.add(List.of(PLAN, LOG, RUN, WRITE, COMMIT, SAVE, REPORT));
        orders.add(List.of(PLAN, RUN, SAVE, WRITE, LOG, COMMIT, REPORT));
        for (List<BatchStep> order : orders) {
            assertTrue(found(new CrashCampaign(disk -> disk, order)), order + " was not found");
        }
    }

    @Test
    void the_campaign_finds_files_that_are_not_synced() throws Exception {
        assertTrue(
                found(new CrashCampaign(disk -> new FaultyDisk(disk, FaultyDisk.Bug.NO_FILE_SYNC), BatchStep.ORDER)));
    }

    @Test
    void the_campaign_finds_directories_that_are_not_synced() throws Exception {
        assertTrue(found(
                new CrashCampaign(disk -> new FaultyDisk(disk, FaultyDisk.Bug.NO_DIRECTORY_SYNC), BatchStep.ORDER)));
    }
}
