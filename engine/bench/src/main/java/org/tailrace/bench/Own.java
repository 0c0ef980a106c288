package org.tailrace.bench;

import java.util.Arrays;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.hand.Hand;
import org.tailrace.bench.ours.Tailrace;

/** The JVM of the systems that need nothing but this module: the loops by hand and the engine. */
final class Own {
    private Own() {}

    public static void main(String[] args) throws Exception {
        Contender contender = switch (args[0]) {
            case "hand" -> new Hand();
            case "tailrace" -> new Tailrace(false);
            case "tailrace-raw" -> new Tailrace(true);
            default -> throw new IllegalArgumentException("no system " + args[0]);
        };
        Trial.run(args[0], contender, Arrays.copyOfRange(args, 1, args.length));
        // The threads of queries that ended are daemons, but need not have ended.
        System.exit(0);
    }
}
