package org.tailrace.exec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tailrace.exec.FaultStream.Event;

/**
 * What the queries of {@link FaultQuery} give, worked out from all rows at once by loops that know nothing of batches,
 * watermarks, state or disks. Rows are sorted texts; those of the row that closes all others are left out.
 */
final class FaultModel {
    private FaultModel() {}

    private static String row(Object... values) {
        var text = new ArrayList<String>();
        for (Object value : values) {
            text.add(String.valueOf(value));
        }
        return String.join(",", text);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    static List<String> windows() {
        Map<String, long[]> groups = new TreeMap<>();
        for (Event e : FaultStream.allE()) {
            long[] group = groups.computeIfAbsent(row(at(e.second() / 10 * 10L), e.key()), key -> new long[2]);
            group[0]++;
            group[1] += e.value();
        }
        return sorted(groups.entrySet().stream()
                .map(g -> row(g.getKey(), g.getValue()[0], g.getValue()[1]))
                .toList());
    }

    static List<String> sessions(int gapSeconds) {
        Map<String, List<Integer>> times = new TreeMap<>();
        FaultStream.allE()
                .forEach(e ->
                        times.computeIfAbsent(e.key(), key -> new ArrayList<>()).add(e.second()));
        var rows = new ArrayList<String>();
        times.forEach((key, seconds) -> {
            seconds.sort(null);
            int from = 0;
            for (int i = 1; i <= seconds.size(); i++) {
                if (i == seconds.size() || seconds.get(i) >= seconds.get(i - 1) + gapSeconds) {
                    rows.add(row(key, at(seconds.get(from)), at(seconds.get(i - 1) + gapSeconds), i - from));
                    from = i;
                }
            }
        });
        return sorted(rows);
    }

    /** Key, value and time of all rows, late ones too. */
    static List<String> all() {
        var rows = new ArrayList<String>();
        for (int step = 0; step < FaultStream.STEPS - 1; step++) {
            FaultStream.e(step).forEach(e -> rows.add(row(e.key(), e.value(), at(e.second()))));
        }
        return sorted(rows);
    }

    /** Key, value and time are the same. */
    static List<String> distinct() {
        var seen = new HashSet<String>();
        FaultStream.allE().forEach(e -> seen.add(row(e.key(), e.value(), at(e.second()))));
        return sorted(List.copyOf(seen));
    }

    private static boolean match(Event e, Event f) {
        return e.key().equals(f.key()) && f.second() >= e.second() - 5 && f.second() <= e.second() + 8;
    }

    static List<String> leftJoin() {
        var rows = new ArrayList<String>();
        for (Event e : FaultStream.allE()) {
            List<Event> matches =
                    FaultStream.allF().stream().filter(f -> match(e, f)).toList();
            matches.forEach(f -> rows.add(row(e.key(), e.value(), at(e.second()), f.value())));
            if (matches.isEmpty()) {
                rows.add(row(e.key(), e.value(), at(e.second()), ""));
            }
        }
        return sorted(rows);
    }

    static List<String> windowsOfJoin() {
        Map<String, long[]> groups = new TreeMap<>();
        for (Event e : FaultStream.allE()) {
            for (Event f : FaultStream.allF()) {
                if (match(e, f)) {
                    long[] group = groups.computeIfAbsent(row(at(e.second() / 6 * 6L), e.key()), key -> new long[2]);
                    group[0]++;
                    group[1] += f.value();
                }
            }
        }
        return sorted(groups.entrySet().stream()
                .map(g -> row(g.getKey(), g.getValue()[0], g.getValue()[1]))
                .toList());
    }

    /** A row for each row with how many its key has had, and one for each key in the end. */
    static List<String> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        var rows = new ArrayList<String>();
        FaultStream.allE().forEach(e -> rows.add(row(e.key(), counts.merge(e.key(), 1L, Long::sum), e.value())));
        counts.forEach((key, n) -> rows.add(row(key, n, -1)));
        return sorted(rows);
    }

    static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}
