package org.tailrace.exec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailrace.exec.FaultCampaign.Refusal;
import org.tailrace.exec.FaultWorld.Target;
import org.tailrace.testkit.SimFileSystem.FailedSync;
import org.tailrace.testkit.SimFileSystem.Loss;

/** Every query into every sink: crashes and refusals at each single operation, and every pair of crashes into files. */
@Tag("faults")
class FullCrashPointsTest {

    @Test
    void each_single_crash_point_with_each_kind_of_loss() throws Exception {
        var figures = new FaultFigures("single crash points");
        long number = 0;
        for (Target target : Target.GOOD) {
            for (FaultQuery query : FaultQuery.values()) {
                var campaign = new FaultCampaign(query, target);
                for (long at = 1; at <= campaign.operations(); at++) {
                    for (Loss loss : Loss.values()) {
                        if (FaultFigures.chosen(number++)) {
                            figures.add(
                                    campaign.crash(List.of(at), loss, at),
                                    query + ", " + target + ", " + loss + " at " + at);
                        }
                    }
                }
            }
        }
        figures.close();
    }

    @Test
    void each_operation_and_each_read_refused_once_and_for_good() throws Exception {
        var figures = new FaultFigures("ENOSPC and EIO");
        long number = 0;
        for (Target target : Target.GOOD) {
            for (FaultQuery query : FaultQuery.values()) {
                var campaign = new FaultCampaign(query, target);
                for (boolean reading : new boolean[] {false, true}) {
                    long last = reading ? campaign.reads() : campaign.operations();
                    for (long at = 1; at <= last; at++) {
                        for (int way = 0; way < (reading ? 4 : 8); way++) {
                            FailedSync fate = FailedSync.values()[way < 4 ? 0 : 1 + (way - 4) / 2];
                            boolean once = way < 2 || way >= 4;
                            var refusal = new Refusal(reading, at, once ? at : Long.MAX_VALUE - 1, fate);
                            // What only the page cache shows is there for the next process too.
                            Loss loss = way >= 4 ? Loss.KILL : Loss.values()[(int) (at % Loss.values().length)];
                            if (FaultFigures.chosen(number++)) {
                                figures.add(
                                        campaign.refuse(refusal, way % 2 == 0, loss, at),
                                        query + ", " + target + ", " + refusal + ", way " + way);
                            }
                        }
                    }
                }
            }
        }
        figures.close();
    }

    @Test
    void each_pair_of_a_crash_and_a_crash_in_the_recovery_or_after_it() throws Exception {
        var figures = new FaultFigures("crash pairs");
        long number = 0;
        for (FaultQuery query : FaultQuery.values()) {
            var campaign = new FaultCampaign(query, Target.FILES);
            for (long first = 1; first <= campaign.operations(); first++) {
                Loss loss = Loss.values()[(int) (first % Loss.values().length)];
                long rest = campaign.operationsAfter(first, loss, first);
                for (long second = 1; second <= rest; second++) {
                    if (FaultFigures.chosen(number++)) {
                        figures.add(
                                campaign.crash(List.of(first, second), loss, first),
                                query + ", " + loss + " at " + first + " and " + second);
                    }
                }
            }
        }
        figures.close();
        assertTrue(number > 1_000, "only " + number);
    }
}
