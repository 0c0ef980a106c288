package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tailrace.bench.contest.PulseTrial;

/**
 * What a micro-batch costs, by how many rows it has and how many keys are kept, in memory and with a checkpoint; ours and
 * Spark's, which cannot do without one. The rows that are final are compared first, over a small stream.
 */
final class Latency {
    private static final int SECONDS = 400;
    private static final int FEW_KEYS = 10_000;

    /** One question; how many batches, since one of a peer may take seconds. */
    private record Ask(String mode, int rows, int keys, int warm, int measured) {
        List<String> arguments() {
            return List.of("beats", mode, "" + rows, "" + keys, "" + warm, "" + measured);
        }
    }

    private Latency() {}

    public static void main(String[] args) throws Exception {
        List<Rival> rivals = Arrays.stream(System.getProperty("systems").split(","))
                .map(Rival::new)
                .toList();
        List<Integer> keys = Arrays.stream(System.getProperty("keys").split(","))
                .map(Integer::valueOf)
                .toList();
        var wrong = new ArrayList<String>();
        List<Rival> right = compare(rivals, wrong);
        System.out.println(PulseTrial.HEADER);
        var lines = new ArrayList<String>();
        for (Rival rival : right) {
            for (Ask ask : rival.streams() ? peers(keys) : ours(keys)) {
                try {
                    String printed = rival.run(ask.arguments(), Map.of(), SECONDS);
                    System.out.println(printed);
                    lines.addAll(printed.lines().toList());
                } catch (IOException failed) {
                    wrong.add(failed.getMessage());
                }
            }
        }
        System.out.print(table(lines));
        wrong.forEach(System.err::println);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static List<Ask> ours(List<Integer> keys) {
        int batches = Integer.getInteger("batches");
        var asks = new ArrayList<Ask>();
        asks.add(new Ask("memory", 1, FEW_KEYS, 10 * batches, 10 * batches));
        asks.add(new Ask("durable", 1, FEW_KEYS, batches, batches));
        for (String mode : List.of("memory", "durable")) {
            keys.forEach(kept -> asks.add(new Ask(mode, 1000, kept, batches, batches)));
        }
        return asks;
    }

    private static List<Ask> peers(List<Integer> keys) {
        int batches = Math.max(2, Integer.getInteger("batches") / 50);
        var asks = new ArrayList<Ask>();
        asks.add(new Ask("durable", 1, FEW_KEYS, batches, 2 * batches));
        keys.forEach(kept -> asks.add(new Ask("durable", 1000, kept, batches, kept > 100_000 ? batches : 2 * batches)));
        return asks;
    }

    /** Who answers as the first system does; the others are not measured. */
    private static List<Rival> compare(List<Rival> rivals, List<String> wrong)
            throws IOException, InterruptedException {
        var right = new ArrayList<Rival>();
        List<String> expected = List.of();
        for (Rival rival : rivals) {
            Path file = Files.createTempFile(Rival.logs(), "passed", ".txt");
            try {
                rival.run(List.of("passed", file.toString()), Map.of(), SECONDS);
            } catch (IOException failed) {
                wrong.add(failed.getMessage());
            }
            List<String> found = Files.readAllLines(file);
            Files.delete(file);
            expected = expected.isEmpty() ? found : expected;
            if (!found.isEmpty() && found.equals(expected)) {
                right.add(rival);
            } else {
                wrong.add(rival.name() + " answers otherwise and is not measured: " + found.size() + " rows and not "
                        + expected.size());
            }
        }
        return right;
    }

    /** A line for each question; beside ours how many times as long each peer's and what more than the disk ours takes. */
    static String table(List<String> lines) {
        var text = new StringBuilder(
                "\n| system | mode | rows | keys | p50 ms | p99 ms | CPU ms | allocated KB | beside |\n|---|---|---|---|---|---|---|---|---|\n");
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                    cells[0],
                    cells[1],
                    cells[2],
                    cells[3],
                    cells[5],
                    cells[6],
                    cells[8],
                    cells[9],
                    beside(cells, lines)));
        }
        return text.toString();
    }

    private static String beside(String[] cells, List<String> lines) {
        double own = Double.parseDouble(cells[5]);
        if (cells[0].equals(PulseTrial.LIMIT)) {
            return "the disk alone";
        }
        if (!cells[0].equals("tailrace")) {
            return p50(lines, "tailrace", cells[1], cells[2], cells[3])
                    .map(ours -> String.format(Locale.ROOT, "%.0f × tailrace", own / ours))
                    .orElse("");
        }
        var remarks = new ArrayList<String>();
        p50(lines, PulseTrial.LIMIT, cells[1], cells[2], cells[3])
                .ifPresent(disk -> remarks.add(String.format(Locale.ROOT, "disk + %.2f ms", own - disk)));
        if (!cells[3].equals("" + FEW_KEYS)) {
            p50(lines, "tailrace", cells[1], cells[2], "" + FEW_KEYS)
                    .ifPresent(few -> remarks.add(String.format(Locale.ROOT, "%.2f × that of 10 k keys", own / few)));
        }
        return String.join(", ", remarks);
    }

    private static Optional<Double> p50(List<String> lines, String system, String mode, String rows, String keys) {
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[0].equals(system)
                        && cells[1].equals(mode)
                        && cells[2].equals(rows)
                        && cells[3].equals(keys))
                .map(cells -> Double.valueOf(cells[5]))
                .findFirst();
    }
}
