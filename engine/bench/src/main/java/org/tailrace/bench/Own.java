package org.tailrace.bench;

import java.util.Arrays;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.contest.Intake;
import org.tailrace.bench.contest.IntakeTrial;
import org.tailrace.bench.contest.PulseTrial;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.hand.Hand;
import org.tailrace.bench.hand.Parsers;
import org.tailrace.bench.ours.Columns;
import org.tailrace.bench.ours.PassingKeys;
import org.tailrace.bench.ours.Reading;
import org.tailrace.bench.ours.Tailrace;

/** The JVM of the systems that need nothing but this module: the loops by hand and the engine. */
final class Own {
    private Own() {}

    public static void main(String[] args) throws Exception {
        String system = args[0];
        String[] asked = Arrays.copyOfRange(args, 1, args.length);
        if (!PulseTrial.run(system, new PassingKeys(), asked) && !IntakeTrial.run(system, intake(system), asked)) {
            Trial.run(system, contender(system), asked);
        }
        // The threads of queries that ended are daemons, but need not have ended.
        System.exit(0);
    }

    private static Intake intake(String system) {
        return switch (system) {
            case "hand" -> new Parsers();
            case "tailrace-columns" -> new Columns();
            default -> new Reading();
        };
    }

    private static Contender contender(String system) {
        return switch (system) {
            case "hand" -> new Hand();
            case "tailrace" -> new Tailrace(false);
            case "tailrace-raw" -> new Tailrace(true);
            default -> throw new IllegalArgumentException("no system " + system);
        };
    }
}
