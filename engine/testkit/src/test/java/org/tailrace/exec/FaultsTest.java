package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tailrace.exec.FaultCampaign.Outcome;
import org.tailrace.exec.FaultCampaign.Refusal;
import org.tailrace.exec.FaultWorld.Target;
import org.tailrace.testkit.SimFileSystem.FailedSync;
import org.tailrace.testkit.SimFileSystem.Loss;

/** The part of the campaign of faults that takes seconds: every query, each fault now and then. The whole is in -Pfaults. */
@Timeout(300)
class FaultsTest {
    private static Loss loss(long number) {
        return Loss.values()[(int) (number % Loss.values().length)];
    }

    @ParameterizedTest
    @EnumSource(FaultQuery.class)
    void without_faults_a_query_gives_what_loops_over_all_rows_give(FaultQuery query) throws Exception {
        List<String> rows = new FaultCampaign(query, Target.TABLE).rows();
        if (query == FaultQuery.DICE) {
            rows = rows.stream().map(row -> row.replaceFirst("Z,.*", "Z")).toList();
        }
        assertEquals(query.expected(), rows);
    }

    @ParameterizedTest
    @EnumSource(FaultQuery.class)
    void F2_power_loss_at_any_operation_loses_and_doubles_nothing(FaultQuery query) throws Exception {
        Target target = Target.GOOD.get(query.ordinal() % Target.GOOD.size());
        var campaign = new FaultCampaign(query, target);
        for (long at = 1; at <= campaign.operations(); at++) {
            Loss loss = loss(at + query.ordinal());
            assertEquals("", campaign.crash(List.of(at), loss, at), query + ", " + target + ", " + loss + " at " + at);
        }
    }

    @Test
    void F25_a_batch_that_is_run_again_gives_the_very_same_rows_by_the_dice_too() throws Exception {
        for (Target target : Target.GOOD) {
            var campaign = new FaultCampaign(FaultQuery.DICE, target);
            for (long at = 1; at <= campaign.operations(); at++) {
                assertEquals("", campaign.crash(List.of(at), loss(at), at), target + " at " + at);
            }
        }
    }

    @Test
    void F2_another_power_loss_in_the_recovery_from_one_loses_and_doubles_nothing() throws Exception {
        for (FaultQuery query : List.of(FaultQuery.JOIN, FaultQuery.KEYED)) {
            var campaign = new FaultCampaign(query, Target.FILES);
            for (long first = 3; first <= campaign.operations(); first += 11) {
                for (long second = 1; second <= 28; second += 3) {
                    long seed = first * 31 + second;
                    List<Long> both = List.of(first, second);
                    assertEquals("", campaign.crash(both, loss(seed), seed), query + " at " + both);
                }
            }
        }
    }

    @Test
    void F3_a_full_or_broken_disk_at_any_operation_is_told_by_code_and_the_query_goes_on_after_it() throws Exception {
        var campaign = new FaultCampaign(FaultQuery.JOIN, Target.FILES);
        for (boolean reading : new boolean[] {false, true}) {
            long last = reading ? campaign.reads() : campaign.operations();
            for (long at = 1; at <= last; at++) {
                boolean retry = at % 2 == 0;
                var refusal = new Refusal(reading, at, at + at % 3, FailedSync.values()[(int) (at / 2 % 3)]);
                assertEquals("", campaign.refuse(refusal, retry, loss(at), at), refusal + ", retry " + retry);
            }
        }
    }

    @Test
    void F4_damage_to_any_file_of_the_checkpoint_is_refused_by_code_or_harmless() throws Exception {
        var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
        for (FaultQuery query : List.of(FaultQuery.WINDOWS, FaultQuery.WINDOWS_OF_JOIN)) {
            for (Target target : List.of(Target.FILES, Target.FORGETFUL_TABLE)) {
                var campaign = new FaultCampaign(query, target);
                for (long seed = 1; seed <= 100; seed++) {
                    outcomes.merge(campaign.rot(seed), 1, Integer::sum);
                }
            }
        }
        assertTrue(outcomes.get(Outcome.SAME) > 50, outcomes.toString());
        assertTrue(outcomes.get(Outcome.REFUSED) > 50, outcomes.toString());
    }

    @Test
    void any_faults_one_after_another_lose_and_double_nothing() throws Exception {
        for (FaultQuery query : FaultQuery.values()) {
            for (Target target : Target.GOOD) {
                var campaign = new FaultCampaign(query, target);
                for (long seed = 1; seed <= 10; seed++) {
                    assertEquals("", campaign.random(seed), query + ", " + target + ", seed " + seed);
                }
            }
        }
    }
}
