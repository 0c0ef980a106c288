package org.tailrace.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tailrace.bench.contest.Measured;
import org.tailrace.bench.data.Query;

/**
 * The table under the CSV: of each system million events a second, in brackets CPU nanoseconds an event, and over how many
 * million events; then what part of the loop's speed ours is, and how many times the best streaming peer's. A pair that has
 * no figure says why.
 */
final class Ratios {
    private Ratios() {}

    static String table(List<Query> queries, List<Rival> rivals, Ledger all) {
        var text = new StringBuilder("| query |");
        rivals.forEach(rival -> text.append(' ').append(rival.name()).append(" |"));
        text.append(" tailrace / hand | tailrace / best peer |\n|---|");
        text.append("---|".repeat(rivals.size() + 2)).append('\n');
        for (Query query : queries) {
            String name = Main.lower(query);
            text.append("| ").append(name).append(" |");
            for (Rival rival : rivals) {
                text.append(' ')
                        .append(all.measured(rival.name(), name)
                                .map(Ratios::cell)
                                .orElseGet(() -> missing(all.verdict(rival.name(), name))))
                        .append(" |");
            }
            Optional<Double> ours = all.measured("tailrace", name).map(Measured::perSecond);
            Optional<Double> hand = all.measured("hand", name).map(Measured::perSecond);
            Optional<Double> peer = rivals.stream()
                    .filter(Rival::streams)
                    .flatMap(rival -> all.measured(rival.name(), name).stream())
                    .map(Measured::perSecond)
                    .max(Double::compare);
            text.append(ratio(ours, hand, "%.3f"))
                    .append(ratio(ours, peer, "%.1f"))
                    .append('\n');
        }
        return text.toString();
    }

    private static String missing(Optional<String> verdict) {
        String found = verdict.orElse(Ledger.NONE);
        return found.equals(Ledger.NONE)
                ? "–"
                : found.equals(Ledger.RIGHT) ? "**not finished**" : "**" + found.split(":")[0] + "**";
    }

    private static String cell(Measured one) {
        return String.format(
                Locale.ROOT,
                one.perSecond() < 10e6 ? "%.2f (%.0f) %.1f" : "%.0f (%.1f) %.1f",
                one.perSecond() / 1e6,
                one.cpuNanosEach(),
                one.events() / 1e6);
    }

    private static String ratio(Optional<Double> ours, Optional<Double> other, String format) {
        return ours.isPresent() && other.isPresent()
                ? " " + String.format(Locale.ROOT, format, ours.get() / other.get()) + " |"
                : " – |";
    }
}
