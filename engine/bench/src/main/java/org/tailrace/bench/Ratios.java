package org.tailrace.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tailrace.bench.contest.Measured;
import org.tailrace.bench.data.Query;

/**
 * The table under the CSV: of each system million events a second and, in brackets, CPU nanoseconds an event; then what part
 * of the loop's speed ours is, and how many times the best streaming peer's.
 */
final class Ratios {
    private Ratios() {}

    static String table(List<Query> queries, List<Rival> rivals, List<Measured> all) {
        var text = new StringBuilder("| query |");
        rivals.forEach(rival -> text.append(' ').append(rival.name()).append(" |"));
        text.append(" tailrace / hand | tailrace / best peer |\n|---|");
        text.append("---|".repeat(rivals.size() + 2)).append('\n');
        for (Query query : queries) {
            String name = Main.lower(query);
            text.append("| ").append(name).append(" |");
            for (Rival rival : rivals) {
                text.append(' ')
                        .append(find(all, name, rival.name()).map(Ratios::cell).orElse("–"))
                        .append(" |");
            }
            Optional<Double> ours = find(all, name, "tailrace").map(Measured::perSecond);
            Optional<Double> hand = find(all, name, "hand").map(Measured::perSecond);
            Optional<Double> peer = rivals.stream()
                    .filter(Rival::streams)
                    .flatMap(rival -> find(all, name, rival.name()).stream())
                    .map(Measured::perSecond)
                    .max(Double::compare);
            text.append(ratio(ours, hand, "%.3f"))
                    .append(ratio(ours, peer, "%.1f"))
                    .append('\n');
        }
        return text.toString();
    }

    static Optional<Measured> find(List<Measured> all, String query, String system) {
        return all.stream()
                .filter(m -> m.query().equals(query) && m.system().equals(system))
                .findFirst();
    }

    private static String cell(Measured one) {
        return String.format(
                Locale.ROOT,
                one.perSecond() < 10e6 ? "%.2f (%.0f)" : "%.0f (%.1f)",
                one.perSecond() / 1e6,
                one.cpuNanosEach());
    }

    private static String ratio(Optional<Double> ours, Optional<Double> other, String format) {
        return ours.isPresent() && other.isPresent()
                ? " " + String.format(Locale.ROOT, format, ours.get() / other.get()) + " |"
                : " – |";
    }
}
