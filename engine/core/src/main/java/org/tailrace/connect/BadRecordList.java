package org.tailrace.connect;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.error.DataException;
import org.tailrace.error.Problem;
import org.tailrace.report.BadRow;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/** Counts bad records and keeps the first hundred, or makes the first one an error. The batch's number is the query's to say. */
public final class BadRecordList implements Format.BadRecords {
    private static final int KEPT = 100;
    private static final int RAW = 4096;

    private final String source;
    private final boolean failFast;
    private final List<BadRow> samples = new ArrayList<>();
    private long count;

    /** Bad records of {@code source}: its options {@code mode} and {@code failFast} say what becomes of them. */
    public static BadRecordList of(String source, Options options) {
        return new BadRecordList(source, FormatOptions.failFast(options));
    }

    /** @param failFast a bad record ends the query */
    BadRecordList(String source, boolean failFast) {
        this.source = source;
        this.failFast = failFast;
    }

    /** @throws DataException TR-421 if bad records end the query */
    @Override
    public void add(String position, String raw, String reason) {
        String shown = raw.length() > RAW ? raw.substring(0, RAW) : raw;
        if (failFast) {
            throw new DataException(Problem.of("TR-421", "bad record at " + position + ": " + reason)
                    .have(shown.length() > 200 ? shown.substring(0, 200) + "..." : shown)
                    .fix("without failFast it would be set aside, and the query go on"));
        }
        count++;
        if (samples.size() < KEPT) {
            samples.add(new BadRow(-1, source, position, shown, reason));
        }
    }

    public long count() {
        return count;
    }

    public List<BadRow> samples() {
        return List.copyOf(samples);
    }
}
