package org.tailrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailrace.bench.contest.IntakeTrial;
import org.tailrace.bench.data.BidText;

/**
 * How fast text becomes counts in windows: files of JSON and of CSV, and topics of a broker in a JVM of its own. The counts
 * of all systems are compared first, over fewer rows.
 */
final class Ingest {
    private static final int SECONDS = 300;
    private static final int FILES = 8;
    /** Events whose counts are compared, and so few a second that most windows are final. */
    private static final int COMPARED = 20_000;

    private static final int COMPARED_PER_SECOND = 500;

    private Ingest() {}

    public static void main(String[] args) throws Exception {
        List<Rival> rivals = Arrays.stream(System.getProperty("systems").split(","))
                .map(Rival::new)
                .toList();
        List<String> kinds = List.of(System.getProperty("kinds").split(","));
        int events = Integer.getInteger("events");
        var wrong = new ArrayList<String>();
        Set<String> differing = compare(rivals, kinds, wrong);
        System.out.println(IntakeTrial.HEADER);
        var lines = new ArrayList<String>();
        for (String kind : kinds) {
            try (var place = new Place(kind, events, BidText.PER_SECOND)) {
                for (Rival rival : rivals) {
                    if (differing.contains(rival.name() + " " + kind)) {
                        continue;
                    }
                    try {
                        String line = rival.run(
                                place.ask(),
                                Map.of("warm", System.getProperty("warm"), "runs", System.getProperty("runs")),
                                SECONDS);
                        if (!line.isEmpty()) {
                            System.out.println(line);
                            lines.add(line);
                        }
                    } catch (IOException failed) {
                        wrong.add(failed.getMessage());
                    }
                }
            }
        }
        System.out.print(table(kinds, rivals, lines));
        wrong.forEach(System.err::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    /**
     * Who does not count as the first system does.
     *
     * @return system and kind, which are not measured
     */
    private static Set<String> compare(List<Rival> rivals, List<String> kinds, List<String> wrong) throws Exception {
        var differing = new HashSet<String>();
        for (String kind : kinds.stream().filter(k -> !k.equals("kafka-kafka")).toList()) {
            try (var place = new Place(kind, COMPARED, COMPARED_PER_SECOND)) {
                List<String> expected = List.of();
                for (Rival rival : rivals.stream().filter(Ingest::counts).toList()) {
                    List<String> found = counted(rival, place, wrong);
                    expected = expected.isEmpty() ? found : expected;
                    if (found.isEmpty() || !found.equals(expected)) {
                        differing.add(rival.name() + " " + kind);
                        wrong.add(rival.name() + " counts " + kind + " otherwise and is not measured: " + found.size()
                                + " rows and not " + expected.size());
                    }
                }
            }
        }
        return differing;
    }

    private static List<String> counted(Rival rival, Place place, List<String> wrong)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile(Rival.logs(), "counted", ".txt");
        var ask = new ArrayList<>(List.of("counted", file.toString()));
        ask.addAll(place.ask().subList(1, 4));
        try {
            rival.run(ask, Map.of(), SECONDS);
            return Files.readAllLines(file);
        } catch (IOException failed) {
            wrong.add(failed.getMessage());
            return List.of();
        } finally {
            Files.delete(file);
        }
    }

    /** The parsers alone and the engine's readers alone count nothing. */
    private static boolean counts(Rival rival) {
        return !rival.family().equals("hand") && !rival.name().equals("tailrace-columns");
    }

    /** Files in a folder, or a broker's process; gone when it is closed. */
    private static final class Place implements AutoCloseable {
        private final Path folder;
        private final Optional<Process> broker;
        private final List<String> ask;

        Place(String kind, int events, int perSecond) throws IOException {
            folder = Files.createTempDirectory(Rival.logs(), "bids-");
            var text = new BidText(events, perSecond);
            long bytes;
            String from;
            int perBatch;
            if (kind.startsWith("kafka")) {
                Process process = start(events, perSecond);
                broker = Optional.of(process);
                var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                String line = out.readLine();
                if (line == null) {
                    throw new IOException(
                            "the broker did not start, see " + Rival.logs().resolve("broker.log"));
                }
                from = line.split(" ")[0];
                bytes = Long.parseLong(line.split(" ")[1]);
                perBatch = (text.rows() + 3) / 4;
            } else {
                broker = Optional.empty();
                bytes = text.write(kind, folder, FILES);
                from = folder.toString();
                perBatch = FILES / 4;
            }
            ask = List.of("intake", kind, from, "" + perBatch, "" + text.rows(), "" + bytes);
        }

        private static Process start(int events, int perSecond) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-Dslf4j.internal.verbosity=ERROR",
                            "-Djava.io.tmpdir=" + Rival.logs().toAbsolutePath(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Topics.class.getName(),
                            "" + events,
                            "" + perSecond)
                    .redirectError(Rival.logs().resolve("broker.log").toFile())
                    .start();
        }

        List<String> ask() {
            return ask;
        }

        @Override
        public void close() throws IOException, InterruptedException {
            if (broker.isPresent()) {
                broker.get().getOutputStream().close();
                broker.get().waitFor();
            }
            try (var all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** For each kind of text MB/s and thousand rows a second of each system, and what part of the parser's alone ours is. */
    static String table(List<String> kinds, List<Rival> rivals, List<String> lines) {
        var text = new StringBuilder("\n| MB/s (thousand rows/s) |");
        rivals.forEach(rival -> text.append(' ').append(rival.name()).append(" |"));
        text.append(" tailrace / parser alone | tailrace / spark |\n|---|")
                .append("---|".repeat(rivals.size() + 2))
                .append('\n');
        for (String kind : kinds) {
            text.append("| ").append(kind).append(" |");
            for (Rival rival : rivals) {
                text.append(find(lines, rival.name(), kind)
                        .map(cells -> String.format(
                                Locale.ROOT,
                                " %.0f (%.0f) |",
                                Double.parseDouble(cells[7]),
                                Double.parseDouble(cells[5]) / 1e3))
                        .orElse(" – |"));
            }
            text.append(ratio(lines, kind, "hand", "%.2f"))
                    .append(ratio(lines, kind, "spark", "%.1f"))
                    .append('\n');
        }
        return text.toString();
    }

    private static String ratio(List<String> lines, String kind, String other, String format) {
        Optional<Double> ours = find(lines, "tailrace", kind).map(cells -> Double.valueOf(cells[5]));
        Optional<Double> theirs = find(lines, other, kind).map(cells -> Double.valueOf(cells[5]));
        return ours.isPresent() && theirs.isPresent()
                ? " " + String.format(Locale.ROOT, format, ours.get() / theirs.get()) + " |"
                : " – |";
    }

    private static Optional<String[]> find(List<String> lines, String system, String kind) {
        return lines.stream()
                .map(line -> line.split(","))
                .filter(cells -> cells[0].equals(system) && cells[1].equals(kind))
                .findFirst();
    }
}
