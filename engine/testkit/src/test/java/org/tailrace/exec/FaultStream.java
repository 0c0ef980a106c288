package org.tailrace.exec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The input of {@link FaultQuery}: two streams of rows that arrive file by file, each file once the one before has gone
 * through. Rows are out of order within the watermark's delay; some come twice; some are far too late and marked so, and
 * the last row is late enough in event time to close all that is open.
 */
final class FaultStream {
    static final Path E_FOLDER = Path.of("/in/e");
    static final Path F_FOLDER = Path.of("/in/f");
    static final Path OUT = Path.of("/out");
    static final int STEPS = 5;
    static final int DELAY_SECONDS = 5;
    /** The value of rows that every query drops as late. */
    static final long LATE = 1000;
    /** The key of the row that closes all others; what it opens stays open. */
    static final String FLUSH = "z";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    record Event(String key, long value, int second) {
        String csv() {
            return key + "," + value + "," + TIME.format(Instant.ofEpochSecond(second)) + "\n";
        }
    }

    private FaultStream() {}

    /** Rows of {@code e} that arrive at a step. */
    static List<Event> e(int step) {
        int now = 10 * step;
        var rows = new ArrayList<Event>();
        if (step == STEPS - 1) {
            rows.add(new Event(FLUSH, 0, 500));
            return rows;
        }
        rows.add(new Event("a", step, now + 4));
        rows.add(new Event("b" + step % 2, step, now + 1));
        if (step > 0) {
            rows.add(new Event("a", step - 1, now - 6));
        }
        if (step == STEPS - 2) {
            rows.add(new Event("a", LATE, 3));
        }
        return rows;
    }

    /** Rows of {@code f}. */
    static List<Event> f(int step) {
        int now = 10 * step;
        return step == STEPS - 1
                ? List.of(new Event(FLUSH, 0, 500))
                : List.of(new Event("a", 10 + step, now + 3), new Event("b0", 20 + step, now + 2));
    }

    static byte[] csv(List<Event> rows) {
        var text = new StringBuilder();
        rows.forEach(row -> text.append(row.csv()));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** All rows of {@code e} that are not late, in order of arrival, without the last. */
    static List<Event> allE() {
        var rows = new ArrayList<Event>();
        for (int step = 0; step < STEPS - 1; step++) {
            e(step).stream().filter(row -> row.value() != LATE).forEach(rows::add);
        }
        return rows;
    }

    static List<Event> allF() {
        var rows = new ArrayList<Event>();
        for (int step = 0; step < STEPS - 1; step++) {
            rows.addAll(f(step));
        }
        return rows;
    }
}
