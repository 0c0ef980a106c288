package org.tailrace;

import org.tailrace.data.RecordBinding;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;

/** A file to be replayed, waiting for its format. */
public final class ReplayFrom {
    private final Tailrace session;
    private final String path;

    ReplayFrom(Tailrace session, String path) {
        this.session = session;
        this.path = path;
    }

    /** A header line names the columns; columns from DDL text. */
    public ReplayTable csv(String schema) {
        return format("csv", DdlParser.schema("csv", schema));
    }

    public ReplayTable csv(Class<?> record) {
        return format("csv", RecordBinding.of(record).schema());
    }

    /** One JSON object per line; columns from DDL text. */
    public ReplayTable json(String schema) {
        return format("json", DdlParser.schema("json", schema));
    }

    public ReplayTable json(Class<?> record) {
        return format("json", RecordBinding.of(record).schema());
    }

    private ReplayTable format(String format, Schema schema) {
        SourceReader reader = new SourceReader(session, "replay")
                .option("path", path)
                .option("format", format)
                .schema(schema);
        return ReplayTable.of(session, reader);
    }
}
