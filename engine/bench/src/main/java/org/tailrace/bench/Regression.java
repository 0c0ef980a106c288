package org.tailrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tailrace.bench.contest.Measured;

/**
 * Holds what was measured against a file of ratios, {@code query,ratio} a line: how many times the loop's CPU time an event
 * costs on the engine. Both come from the same run, so the machine and its load are in neither; a time alone says nothing.
 */
final class Regression {
    private Regression() {}

    /**
     * @param tolerance how many times the ratio of the file is still good
     * @return what has become slower; of each query the ratio is printed, as the file has it
     */
    static List<String> slower(Path file, double tolerance, List<Measured> measured) throws IOException {
        var slower = new ArrayList<String>();
        int known = 0;
        List<String> lines = Files.readAllLines(file);
        System.out.println("\nquery,ratio");
        for (Measured ours : measured) {
            Optional<Measured> hand = Measured.find(measured, "hand", ours.query());
            if (!ours.system().equals("tailrace") || hand.isEmpty()) {
                continue;
            }
            double ratio = ours.cpuNanosEach() / hand.get().cpuNanosEach();
            System.out.printf(Locale.ROOT, "%s,%.1f%n", ours.query(), ratio);
            for (String line : lines) {
                if (line.startsWith(ours.query() + ",")) {
                    known++;
                    double before = Double.parseDouble(line.split(",")[1]);
                    if (ratio > before * tolerance) {
                        slower.add(String.format(
                                Locale.ROOT,
                                "%s costs %.1f times the loop by hand, and not %.1f",
                                ours.query(),
                                ratio,
                                before));
                    }
                }
            }
        }
        if (known == 0) {
            slower.add("nothing that was measured has a ratio in " + file);
        }
        return slower;
    }
}
