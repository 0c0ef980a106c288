package org.tailrace.connect;

import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.tailrace.data.Schema;
import org.tailrace.data.text.TextRules;
import org.tailrace.spi.Documents;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/** JSON lines: one object a line, UTF-8. See {@link org.tailrace.data.text.JsonCell} for the values. */
final class JsonFormat implements Format {
    private static final Set<String> OPTIONS = FormatOptions.with(FormatOptions.TIMES, "lineSep");

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    private static TextRules times(Map<String, String> given) {
        var options = new Options("json", given, OPTIONS);
        FormatOptions.checkRecords(options);
        if (options.flag("multiLine", false)) {
            throw options.wrong("multiLine", "true", "false: one object a line");
        }
        LineSep.check(options);
        return FormatOptions.times(options);
    }

    @Override
    public Schema check(Map<String, String> options, Schema declared) {
        times(options);
        return FormatOptions.declared("json", declared);
    }

    @Override
    public Reader reader(InputStream in, String file, Map<String, String> options, Schema schema, BadRecords bad) {
        return reader(new Lines(in, file), options, schema, bad);
    }

    @Override
    public Reader reader(Documents documents, Map<String, String> options, Schema schema, BadRecords bad) {
        return new JsonLinesReader(documents, times(options), schema, bad);
    }

    @Override
    public Writer writer(Map<String, String> options, Schema schema) {
        return new JsonWriter(times(options), schema);
    }
}
