package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tailrace.exec.BatchStep.COMMIT;
import static org.tailrace.exec.BatchStep.LOG;
import static org.tailrace.exec.BatchStep.PLAN;
import static org.tailrace.exec.BatchStep.REPORT;
import static org.tailrace.exec.BatchStep.RUN;
import static org.tailrace.exec.BatchStep.SAVE;
import static org.tailrace.exec.BatchStep.WRITE;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailrace.exec.FaultCampaign.Refusal;
import org.tailrace.exec.FaultWorld.Target;
import org.tailrace.testkit.SimFileSystem.FailedSync;
import org.tailrace.testkit.SimFileSystem.Loss;

/** Negative controls: bugs that one could have made, each of which the campaign has to find. */
@Timeout(300)
class SeededBugsTest {
    private static FaultCampaign campaign(Target target, Consumer<FaultWorld> bug) throws Exception {
        return new FaultCampaign(() -> {
            var world = new FaultWorld(FaultQuery.KEYED, target);
            bug.accept(world);
            return world;
        });
    }

    private static boolean found(Target target, Consumer<FaultWorld> bug) throws Exception {
        FaultCampaign campaign = campaign(target, bug);
        for (long seed = 0; seed < 3; seed++) {
            for (long at = 1; at <= campaign.operations(); at++) {
                for (Loss loss : Loss.values()) {
                    if (!campaign.crash(List.of(at), loss, seed * 1_000 + at).isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void assertFound(Target target, Consumer<FaultWorld> bug) throws Exception {
        assertTrue(found(target, bug));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyDisk.Bug.class,
            names = {
                "NO_FILE_SYNC",
                "NO_DIRECTORY_SYNC",
                "NO_SYNC_OF_WHAT_WAS_FOUND",
                "RENAME_BY_COPY",
                "TORN_TAIL_WRITTEN_ON",
                "PURGE_BEFORE_THE_SNAPSHOT",
                "SNAPSHOT_WITHOUT_ITS_TAIL"
            })
    void a_disk_that_is_used_wrongly_is_found_by_crashes(FaultyDisk.Bug bug) throws Exception {
        assertFound(Target.FILES, world -> world.disk = disk -> new FaultyDisk(disk, bug));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyDisk.Bug.class,
            names = {"WRITE_FAILURE_SWALLOWED", "SYNC_FAILURE_SWALLOWED"})
    void an_error_of_the_disk_that_is_swallowed_is_found_by_a_disk_that_refuses(FaultyDisk.Bug bug) throws Exception {
        assertTrue(foundByRefusal(bug, false, FailedSync.KEPT));
    }

    private static boolean foundByRefusal(FaultyDisk.Bug bug, boolean retry, FailedSync fate) throws Exception {
        FaultCampaign campaign = campaign(Target.FILES, world -> world.disk = disk -> new FaultyDisk(disk, bug));
        for (long at = 1; at <= campaign.operations(); at++) {
            if (!campaign.refuse(new Refusal(false, at, at, fate), retry, Loss.KILL, at)
                    .isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_sync_that_is_tried_again_is_found_by_one_that_fails_and_drops_what_it_should_have_written(boolean retry)
            throws Exception {
        assertTrue(foundByRefusal(FaultyDisk.Bug.SYNC_TRIED_AGAIN, retry, FailedSync.DROPPED));
        assertFalse(foundByRefusal(FaultyDisk.Bug.SYNC_TRIED_AGAIN, retry, FailedSync.KEPT));
    }

    @Test
    void a_checksum_that_is_not_looked_at_is_found_by_bit_rot() throws Exception {
        FaultCampaign campaign =
                campaign(Target.FILES, world -> world.disk = disk -> new FaultyDisk(disk, FaultyDisk.Bug.NO_CHECKSUM));
        int found = 0;
        for (long seed = 1; seed <= 300; seed++) {
            try {
                campaign.rot(seed);
            } catch (AssertionError e) {
                found++;
            }
        }
        assertTrue(found > 0);
    }

    private static void order(Target target, BatchStep... order) throws Exception {
        assertFound(target, world -> world.order = List.of(order));
    }

    @Test
    void a_commit_before_the_sink_has_the_rows_is_found() throws Exception {
        order(Target.FILES, PLAN, LOG, RUN, SAVE, COMMIT, WRITE, REPORT);
    }

    @Test
    void state_that_is_saved_after_the_commit_is_found() throws Exception {
        order(Target.FILES, PLAN, LOG, RUN, WRITE, COMMIT, SAVE, REPORT);
    }

    @Test
    void state_that_is_saved_before_the_offsets_is_found() throws Exception {
        order(Target.TABLE, PLAN, RUN, SAVE, LOG, WRITE, COMMIT, REPORT);
    }

    @Test
    void offsets_that_are_logged_after_the_sink_has_the_rows_are_found() throws Exception {
        order(Target.FORGETFUL_TABLE, PLAN, RUN, SAVE, WRITE, LOG, COMMIT, REPORT);
    }

    @Test
    void a_sink_that_takes_a_batch_twice_is_found() throws Exception {
        assertFound(Target.DOUBLING_TABLE, world -> {});
    }

    /** Operators that forget to do one thing. */
    private static PhysicalPlan without(String method, PhysicalPlan plan) {
        return (PhysicalPlan) Proxy.newProxyInstance(
                PhysicalPlan.class.getClassLoader(),
                new Class<?>[] {PhysicalPlan.class},
                (proxy, called, arguments) -> {
                    try {
                        return called.getName().equals(method) ? null : called.invoke(plan, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void state_that_is_not_loaded_is_found() throws Exception {
        assertFound(Target.FILES, world -> world.operators = plan -> without("load", plan));
    }
}
