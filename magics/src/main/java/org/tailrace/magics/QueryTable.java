package org.tailrace.magics;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tailrace.Query;
import org.tailrace.Shown;
import org.tailrace.StoppedQuery;
import org.tailrace.Tailrace;
import org.tailrace.data.Batch;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.data.Values;
import org.tailrace.report.BatchReport;

/** All queries as a table, one row each; after them those that earlier sessions have left to be resumed. */
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
            new Field("sink", DataType.STRING),
            new Field("checkpoint", DataType.STRING));

    private QueryTable() {}

    /** @param everywhere also what other notebooks of the user have left */
    static Shown of(Tailrace streams, boolean everywhere) {
        var rows = new ArrayList<Row>();
        for (Query query : streams.queries()) {
            rows.add(row(query));
        }
        List<StoppedQuery> left = everywhere ? streams.stoppedQueriesOfAllNotebooks() : streams.stoppedQueries();
        left.forEach(stopped -> rows.add(row(stopped)));
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
        values.add(time(last == null ? OptionalLong.empty() : last.nextWatermarkMs()));
        values.add(totals.lateInputRows());
        values.add(last == null ? 0L : last.stateRows());
        values.add(query.info().sink());
        values.add(query.checkpoint().map(Path::toString).orElse(""));
        return new Row(SCHEMA, values);
    }

    private static Row row(StoppedQuery stopped) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(stopped.name());
        values.add(words(stopped));
        values.add("");
        values.add(stopped.lastBatch().isPresent() ? stopped.lastBatch().getAsLong() : null);
        values.add(null);
        values.add(time(stopped.watermarkMs()));
        values.add(null);
        values.add(null);
        values.add("");
        values.add(stopped.checkpoint().toString());
        return new Row(SCHEMA, values);
    }

    /** As short as a cell of a table is; {@code %doctor} has the whole. */
    private static String words(StoppedQuery stopped) {
        return switch (stopped.standing()) {
            case RESUMABLE -> "stopped; run its cell to resume";
            case HELD -> "perhaps run by another kernel";
            case DAMAGED -> "damaged; %doctor says how";
        };
    }

    private static @Nullable Object time(OptionalLong ms) {
        return ms.isPresent() && ms.getAsLong() > 0 ? Values.instant(ms.getAsLong() * 1000) : null;
    }
}
