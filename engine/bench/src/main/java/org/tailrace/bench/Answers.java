package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tailrace.bench.contest.Trial;
import org.tailrace.bench.data.Query;

/** Compares what the systems answer over a few events with what the loop by hand does, and writes down who is right. */
final class Answers {
    /** For a query, of which a cluster takes two; what has no answer when a system's time is over has failed. */
    private static final int SECONDS_EACH = 30;

    private final Ledger ledger;
    private final List<Query> queries;

    Answers(Ledger ledger, List<Query> queries) {
        this.ledger = ledger;
        this.queries = queries;
    }

    /** Asks what is not in the ledger yet. */
    void compare(List<Rival> rivals) throws IOException, InterruptedException {
        List<Rival> asked =
                rivals.stream().filter(rival -> !open(rival).isEmpty()).toList();
        if (asked.isEmpty()) {
            return;
        }
        Path expected = answers(new Rival("hand"), queries);
        for (Rival rival : asked) {
            System.err.println("answers: " + rival.name());
            List<Query> open = open(rival);
            Path found = answers(rival, open);
            for (Query query : open) {
                String verdict = verdict(query, expected, found);
                ledger.judge(rival.name(), Main.lower(query), verdict);
                if (!verdict.equals(Ledger.RIGHT)) {
                    System.err.println("  " + rival.name() + " " + query + ": " + verdict);
                }
            }
        }
    }

    private List<Query> open(Rival rival) {
        return queries.stream()
                .filter(q -> ledger.verdict(rival.name(), Main.lower(q)).isEmpty())
                .toList();
    }

    /** A system that fails leaves the answers that it had given; the others are missing. */
    private static Path answers(Rival rival, List<Query> queries) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Rival.logs(), "answers-" + rival.name() + "-");
        String names = String.join(",", queries.stream().map(Main::lower).toList());
        try {
            rival.run(List.of("answer", directory.toString(), names), Map.of(), (long) SECONDS_EACH * queries.size());
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
        }
        return directory;
    }

    private static String verdict(Query query, Path expected, Path found) throws IOException {
        String name = Main.lower(query);
        Path failure = found.resolve(name + Trial.FAILED);
        if (Files.exists(failure)) {
            return Ledger.FAILED + ": " + Files.readString(failure);
        }
        if (Files.exists(found.resolve(name + Trial.NONE))) {
            return Ledger.NONE;
        }
        if (!Files.exists(found.resolve(name))) {
            return Ledger.FAILED + ": it ended without an answer";
        }
        String differences = Comparison.differences(
                query,
                Files.readAllLines(expected.resolve(name)),
                Files.readAllLines(found.resolve(name)),
                Files.exists(found.resolve(Trial.APPROXIMATE)));
        return differences.isEmpty() ? Ledger.RIGHT : "differs: " + differences;
    }
}
