package org.tailrace;

import org.tailrace.data.RecordBinding;
import org.tailrace.data.Schema;
import org.tailrace.data.text.DdlParser;

/** A folder of files, waiting for their format. */
public final class FilesFrom {
    private final Tailrace session;
    private final SourceReader reader;
    private final String path;

    FilesFrom(Tailrace session, String path) {
        this.session = session;
        this.path = path;
        this.reader = new SourceReader(session, "text");
    }

    /** One JSON object per line; columns from DDL text. */
    public SourceTable json(String schema) {
        return format("json", DdlParser.schema("json", schema));
    }

    public SourceTable json(Class<?> record) {
        return format("json", RecordBinding.of(record).schema());
    }

    /** A header line names the columns; columns from DDL text. */
    public SourceTable csv(String schema) {
        return format("csv", DdlParser.schema("csv", schema));
    }

    public SourceTable csv(Class<?> record) {
        return format("csv", RecordBinding.of(record).schema());
    }

    /** {@code value string}: one row per line. */
    public SourceTable text() {
        return reader.option("path", path).load();
    }

    /** Any format by name. */
    public SourceTable format(String name, String schema) {
        return format(name, DdlParser.schema("format", schema));
    }

    private SourceTable format(String name, Schema schema) {
        SourceReader all = new SourceReader(session, name).option("path", path);
        return (name.equals("csv") ? all.option("header", true) : all)
                .schema(schema)
                .load();
    }
}
