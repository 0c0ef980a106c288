package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tailrace.bench.contest.Measured;
import org.tailrace.bench.data.Query;

/**
 * Compares the answers of all systems with the loop's, then measures each query on each system in a JVM of its own; prints
 * CSV as it goes and a table with ratios at the end. A system whose answer differs is not measured, and makes this fail at
 * the end; one that has no way to say the query is left out.
 *
 * <p>What an earlier run with the same settings has found is not asked again, unless {@code -Dfresh} is given. With
 * {@code -Dratios=FILE} a query that has become slower fails it too.
 */
final class Main {
    /** A pair of query and system is given up after so long. */
    private static final int BUDGET_SECONDS = 120;

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<Query> queries = queries(System.getProperty("queries"));
        List<Rival> rivals = Arrays.stream(System.getProperty("systems").split(","))
                .map(Rival::new)
                .toList();
        boolean fresh = !System.getProperty("fresh", "false").equals("false");
        var ledger = new Ledger(Rival.logs().resolve(folder()), fresh);
        plan(queries, rivals, ledger);
        new Answers(ledger, queries).compare(rivals);
        System.out.println(Measured.HEADER);
        var failed = new ArrayList<String>();
        for (Query query : queries) {
            for (Rival rival : rivals) {
                measure(query, rival, ledger, failed);
            }
        }
        System.out.println();
        System.out.print(Ratios.table(queries, rivals, ledger));
        String ratios = System.getProperty("ratios", "");
        if (!ratios.isEmpty()) {
            double tolerance = Double.parseDouble(System.getProperty("tolerance"));
            failed.addAll(Regression.slower(Path.of(ratios), tolerance, ledger.all()));
        }
        failed.forEach(System.err::println);
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    /** One for each choice of what figures depend on, so that those of another are not taken for these. */
    private static String folder() {
        return "bench"
                + String.join(
                        "",
                        List.of("events", "batch", "warm", "runs", "heap", "cores").stream()
                                .map(name -> "-" + name + System.getProperty(name))
                                .toList());
    }

    private static void plan(List<Query> queries, List<Rival> rivals, Ledger ledger) {
        int seconds = 0;
        int known = 0;
        int pairs = 0;
        for (Rival rival : rivals) {
            for (Query query : queries) {
                boolean done = ledger.measured(rival.name(), lower(query)).isPresent();
                known += done ? 1 : 0;
                pairs += done ? 0 : 1;
                seconds += done ? 0 : Pace.typicalSeconds(rival);
            }
        }
        System.err.printf(
                Locale.ROOT,
                "%d pairs of query and system to measure, about %d minutes on a quiet machine, at most %d s for a pair;"
                        + " %d are known from before (-Dfresh measures all)%n",
                pairs,
                (seconds + 59) / 60,
                BUDGET_SECONDS,
                known);
    }

    private static void measure(Query query, Rival rival, Ledger ledger, List<String> failed)
            throws IOException, InterruptedException {
        String name = lower(query);
        String verdict = ledger.verdict(rival.name(), name).orElseThrow();
        if (!verdict.equals(Ledger.RIGHT)) {
            if (!verdict.equals(Ledger.NONE)) {
                failed.add(rival.name() + " " + name + " is not measured, it " + verdict);
            }
            return;
        }
        if (ledger.measured(rival.name(), name).isEmpty()) {
            try {
                ledger.add(Measured.parse(time(query, rival)));
            } catch (IOException problem) {
                failed.add(problem.getMessage());
                return;
            }
        }
        System.out.println(ledger.measured(rival.name(), name).orElseThrow().csv());
    }

    private static String time(Query query, Rival rival) throws IOException, InterruptedException {
        int events = Pace.events(rival, query, Integer.getInteger("events"));
        String printed = rival.run(
                List.of("time", lower(query)),
                Map.of(
                        "events",
                        events,
                        "batch",
                        Integer.getInteger("batch"),
                        "warm",
                        Integer.getInteger("warm"),
                        "runs",
                        Integer.getInteger("runs")),
                BUDGET_SECONDS);
        return printed.substring(printed.lastIndexOf('\n') + 1);
    }

    static List<Query> queries(String asked) {
        return Arrays.stream(Query.values())
                .filter(q -> asked.equals("all") || List.of(asked.split(",")).contains(lower(q)))
                .toList();
    }

    static String lower(Query query) {
        return query.name().toLowerCase(Locale.ROOT);
    }
}
