package org.tailrace.bench;

import java.util.List;
import java.util.Locale;

/** The table under the CSV: nanoseconds of wall and of CPU an event, and how many times as long as the loop by hand. */
final class Ratios {
    private Ratios() {}

    static String table(List<Measured> all) {
        var text = new StringBuilder("| query | tailrace, M events/s | ns an event (CPU) | hand, M events/s"
                + " | ns an event (CPU) | tailrace / hand, wall | CPU |\n|---|---|---|---|---|---|---|\n");
        for (Measured ours : all) {
            if (ours.system().equals("tailrace")) {
                all.stream()
                        .filter(other ->
                                other.system().equals("hand") && other.query().equals(ours.query()))
                        .forEach(hand -> text.append(row(ours, hand)));
            }
        }
        return text.toString();
    }

    private static String row(Measured ours, Measured hand) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f (%.1f) | %.1f | %.1f (%.1f) | %.1f | %.1f |%n",
                ours.query(),
                ours.perSecond() / 1e6,
                ours.nanosEach(),
                ours.cpuNanosEach(),
                hand.perSecond() / 1e6,
                hand.nanosEach(),
                hand.cpuNanosEach(),
                ours.wall() / hand.wall(),
                ours.cpu() / hand.cpu());
    }
}
