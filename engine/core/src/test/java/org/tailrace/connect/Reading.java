package org.tailrace.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.report.BadRow;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/** Reads sources as a query does. */
final class Reading {
    private Reading() {}

    record Range(List<List<@Nullable Object>> rows, long bad, List<BadRow> samples) {}

    /** All rows of a range; reads it twice, since the same range has to give the same rows. */
    static Range range(Source source, @Nullable Offset from, Offset to) throws Exception {
        Range once = read(source, from, to);
        assertEquals(once, read(source, from, source.offset(to.json())));
        return once;
    }

    private static Range read(Source source, @Nullable Offset from, Offset to) throws Exception {
        var rows = new ArrayList<List<@Nullable Object>>();
        try (var reader = source.read(from, to)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                batch.rows().stream().map(Row::values).forEach(rows::add);
            }
            return new Range(rows, reader.badRows(), reader.badSamples());
        }
    }

    static List<List<@Nullable Object>> rows(Source source, @Nullable Offset from, Offset to) throws Exception {
        return range(source, from, to).rows();
    }

    static List<List<@Nullable Object>> rows(Batch batch) {
        return new ArrayList<>(batch.rows().stream().map(Row::values).toList());
    }
}
