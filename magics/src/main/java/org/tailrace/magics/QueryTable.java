package org.tailrace.magics;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.Query;
import org.tailrace.Shown;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Values;
import org.tailrace.report.BatchReport;

/** All queries as a table, one row each. */
final class QueryTable {
    private static final Schema SCHEMA = Schema.of(
            new Field("query", DataType.STRING),
            new Field("state", DataType.STRING),
            new Field("mode", DataType.STRING),
            new Field("batch", DataType.BIGINT),
            new Field("rows in", DataType.BIGINT),
            new Field("watermark", DataType.TIMESTAMP),
            new Field("late", DataType.BIGINT),
            new Field("state rows", DataType.BIGINT),
            new Field("sink", DataType.STRING));

    private QueryTable() {}

    static Shown of(List<Query> queries) {
        var rows = new ArrayList<Row>();
        for (Query query : queries) {
            rows.add(row(query));
        }
        return new Shown(Batch.of(SCHEMA, rows), Math.max(rows.size(), 1), ZoneOffset.UTC, "queries");
    }

    private static Row row(Query query) {
        BatchReport last = query.lastReport().orElse(null);
        var totals = query.totals();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(query.name());
        values.add(query.status().state().name().toLowerCase(Locale.ROOT));
        values.add(query.info().mode());
        values.add(query.status().batchId() < 0 ? null : query.status().batchId());
        values.add(totals.inputRows());
        OptionalLong watermark = last == null ? OptionalLong.empty() : last.nextWatermarkMs();
        values.add(
                watermark.isPresent() && watermark.getAsLong() > 0
                        ? Values.instant(watermark.getAsLong() * 1000)
                        : null);
        values.add(totals.lateInputRows());
        values.add(last == null ? 0L : last.stateRows());
        values.add(query.info().sink());
        return new Row(SCHEMA, values);
    }
}
