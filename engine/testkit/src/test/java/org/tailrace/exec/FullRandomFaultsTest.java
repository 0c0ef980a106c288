package org.tailrace.exec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailrace.env.FileSystem;
import org.tailrace.exec.FaultWorld.Target;

/** Faults by the dice; a failure names its seed. */
@Tag("faults")
class FullRandomFaultsTest {
    private static final int SEEDS = 105_000;
    private static final int ROTS = 24_000;

    private static List<FaultCampaign> campaigns() throws Exception {
        var campaigns = new ArrayList<FaultCampaign>();
        for (Target target : Target.GOOD) {
            for (FaultQuery query : FaultQuery.values()) {
                campaigns.add(new FaultCampaign(query, target));
            }
        }
        return campaigns;
    }

    @Test
    void up_to_four_faults_one_after_another() throws Exception {
        var figures = new FaultFigures("random faults");
        List<FaultCampaign> campaigns = campaigns();
        for (long seed = 1; seed <= SEEDS; seed++) {
            if (FaultFigures.chosen(seed)) {
                figures.add(campaigns.get((int) (seed % campaigns.size())).random(seed), "seed " + seed);
            }
        }
        figures.close();
    }

    @Test
    void damage_of_any_kind_to_any_file_at_any_time() throws Exception {
        var figures = new FaultFigures("damaged files");
        List<FaultCampaign> campaigns = campaigns();
        for (long seed = 1; seed <= ROTS; seed++) {
            if (FaultFigures.chosen(seed)) {
                FaultCampaign campaign = campaigns.get((int) (seed % campaigns.size()));
                long number = seed;
                judge(figures, () -> campaign.rot(number));
            }
        }
        figures.close();
    }

    @Test
    void a_flipped_bit_in_each_byte_of_each_file() throws Exception {
        var figures = new FaultFigures("flipped bits");
        for (FaultQuery query : FaultQuery.values()) {
            var campaign = new FaultCampaign(query, Target.FILES);
            for (FileSystem.Entry file : campaign.checkpoint()) {
                Path path = file.path();
                for (int at = 0; at < file.size(); at++) {
                    int number = at;
                    if (FaultFigures.chosen(number)) {
                        judge(figures, () -> campaign.flip(path, number));
                    }
                }
            }
        }
        figures.close();
    }

    private interface Damage {
        FaultCampaign.Outcome outcome() throws Exception;
    }

    private static void judge(FaultFigures figures, Damage damage) throws Exception {
        try {
            figures.count(damage.outcome().name());
            figures.add(FaultCampaign.RIGHT, "");
        } catch (AssertionError e) {
            figures.add(String.valueOf(e.getMessage()), "");
        }
    }
}
