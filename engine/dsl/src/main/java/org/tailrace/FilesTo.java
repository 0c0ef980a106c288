package org.tailrace;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tailrace.plan.SinkSpec;

/** A folder that takes files; saying the format ends it. */
public final class FilesTo {
    private final String path;
    private final Map<String, String> options;

    FilesTo(String path, Map<String, String> options) {
        this.path = path;
        this.options = options;
    }

    /** A sink option under Spark's name. */
    public FilesTo option(String name, Object value) {
        var more = new HashMap<>(options);
        more.put(name.toLowerCase(Locale.ROOT), String.valueOf(value));
        return new FilesTo(path, more);
    }

    /** One folder level per column, {@code column=value}. */
    public FilesTo partitionBy(String... columns) {
        return option("partitionBy", String.join(",", columns));
    }

    public SinkSpec json() {
        return format("json");
    }

    public SinkSpec csv() {
        return format("csv");
    }

    public SinkSpec text() {
        return format("text");
    }

    /** Any format by Spark's name. */
    public SinkSpec format(String name) {
        var all = new HashMap<>(options);
        all.put("path", path);
        return new SinkSpec(name, name + "(" + path + ")", all, null);
    }
}
