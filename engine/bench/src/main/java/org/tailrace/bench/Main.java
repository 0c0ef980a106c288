package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.bench.contest.Measured;
import org.tailrace.bench.data.Query;

/**
 * Compares the answers of all systems with the loop's, then measures each query on each system in a JVM of its own; prints
 * CSV as it goes and a table with ratios at the end. A system whose answer differs is not measured, and makes this fail; one
 * that has no way to say the query is left out. With {@code -Dratios=FILE} a query that has become slower fails it too.
 */
final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        List<Query> queries = queries(System.getProperty("queries"));
        List<Rival> rivals = Arrays.stream(System.getProperty("systems").split(","))
                .map(Rival::new)
                .toList();
        Map<Query, List<Rival>> right = new EnumMap<>(Query.class);
        boolean allRight = compare(queries, rivals, right);
        System.out.println(Measured.HEADER);
        var measured = new ArrayList<Measured>();
        for (Query query : queries) {
            for (Rival rival : right.getOrDefault(query, List.of())) {
                try {
                    String csv = rival.run(List.of("time", lower(query)));
                    System.out.println(csv);
                    measured.add(Measured.parse(csv.substring(csv.lastIndexOf('\n') + 1)));
                } catch (IOException failed) {
                    System.err.println(failed.getMessage());
                    allRight = false;
                }
            }
        }
        System.out.println();
        System.out.print(Ratios.table(queries, rivals, measured));
        String ratios = System.getProperty("ratios", "");
        if (!ratios.isEmpty()) {
            double tolerance = Double.parseDouble(System.getProperty("tolerance"));
            List<String> slower = Regression.slower(Path.of(ratios), tolerance, measured);
            slower.forEach(System.err::println);
            allRight &= slower.isEmpty();
        }
        System.exit(allRight ? 0 : 1);
    }

    static List<Query> queries(String asked) {
        return Arrays.stream(Query.values())
                .filter(q -> asked.equals("all") || List.of(asked.split(",")).contains(lower(q)))
                .toList();
    }

    static String lower(Query query) {
        return query.name().toLowerCase(Locale.ROOT);
    }

    /** Says for each query who answers it as the loop by hand does. */
    private static boolean compare(List<Query> queries, List<Rival> rivals, Map<Query, List<Rival>> right)
            throws IOException, InterruptedException {
        String names = String.join(",", queries.stream().map(Main::lower).toList());
        Path hand = answers(new Rival("hand"), names);
        boolean allRight = true;
        for (Rival rival : rivals) {
            Path answers = rival.name().equals("hand") ? hand : answers(rival, names);
            boolean approximate = Files.readString(answers.resolve("done")).equals("approximate");
            for (Query query : queries) {
                Optional<String> differs = differences(query, hand, answers, approximate);
                if (differs.isEmpty()) {
                    System.err.println(rival.name() + " has no " + query);
                } else if (differs.get().isEmpty()) {
                    right.computeIfAbsent(query, q -> new ArrayList<>()).add(rival);
                } else {
                    System.err.println(rival.name() + " " + query + " is not measured: " + differs.get());
                    allRight = false;
                }
            }
        }
        return allRight;
    }

    private static Path answers(Rival rival, String queries) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("tailrace-bench");
        directory.toFile().deleteOnExit();
        rival.run(List.of("answer", directory.toString(), queries));
        return directory;
    }

    /** @return what differs, nothing if the answers are the same; empty if there is no answer */
    private static Optional<String> differences(Query query, Path expected, Path found, boolean approximate)
            throws IOException {
        Path failed = found.resolve(lower(query) + ".failed");
        if (Files.exists(failed)) {
            return Optional.of(Files.readString(failed));
        }
        Path file = found.resolve(lower(query));
        return Files.exists(file)
                ? Optional.of(Comparison.differences(
                        query,
                        Files.readAllLines(expected.resolve(lower(query))),
                        Files.readAllLines(file),
                        approximate))
                : Optional.empty();
    }
}
