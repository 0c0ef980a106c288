package org.tailrace.bench.contest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One line of the result; times in seconds, the median of the runs. */
public record Measured(String system, String query, long events, double wall, double cpu, long peakRssMb) {
    public static final String HEADER = "system,query,events,wall_s,cpu_s,events_per_s,peak_rss_mb";

    public double perSecond() {
        return events / wall;
    }

    public double nanosEach() {
        return wall * 1e9 / events;
    }

    public double cpuNanosEach() {
        return cpu * 1e9 / events;
    }

    public String csv() {
        return String.format(
                Locale.ROOT, "%s,%s,%d,%.4f,%.4f,%.0f,%d", system, query, events, wall, cpu, perSecond(), peakRssMb);
    }

    public static Measured parse(String csv) {
        String[] parts = csv.split(",");
        return new Measured(
                parts[0],
                parts[1],
                Long.parseLong(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Long.parseLong(parts[6]));
    }

    public static Optional<Measured> find(List<Measured> all, String system, String query) {
        return all.stream()
                .filter(m -> m.query().equals(query) && m.system().equals(system))
                .findFirst();
    }
}
