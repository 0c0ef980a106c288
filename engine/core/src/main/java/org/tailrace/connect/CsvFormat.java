package org.tailrace.connect;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.data.text.TextCell;
import org.tailrace.data.text.TextRules;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Documents;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/**
 * Comma-separated values, RFC 4180, UTF-8. A header names the columns, so their order in the schema does not matter;
 * unless the option {@code header} says, a first record that holds the name of every column is one. A quote in a quoted
 * field is doubled; {@code escape} may name another character. An unquoted empty field is NULL.
 *
 * <p>A record that is too long or too short, or has a value of another type, is a bad record as a whole.
 */
final class CsvFormat implements Format {
    private static final Set<String> OPTIONS = FormatOptions.with(
            FormatOptions.TIMES,
            "header",
            "sep",
            "delimiter",
            "quote",
            "escape",
            "comment",
            "nullValue",
            "ignoreLeadingWhiteSpace",
            "ignoreTrailingWhiteSpace");

    /**
     * How a file looks.
     *
     * @param header empty: decided by the first record
     */
    record Dialect(
            char separator,
            char quote,
            char escape,
            Optional<Character> comment,
            Optional<Boolean> header,
            String nullText,
            boolean trimStart,
            boolean trimEnd,
            TextRules times) {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    static Dialect dialect(Map<String, String> given) {
        var options = new Options("csv", given, OPTIONS);
        options.flag("multiLine", true);
        FormatOptions.checkRecords(options);
        char quote = options.character("quote", '"');
        return new Dialect(
                options.has("sep") ? options.character("sep", ',') : options.character("delimiter", ','),
                quote,
                options.character("escape", quote),
                options.text("comment").map(text -> options.character("comment", '#')),
                options.text("header").map(text -> options.flag("header", true)),
                options.text("nullValue", ""),
                options.flag("ignoreLeadingWhiteSpace", false),
                options.flag("ignoreTrailingWhiteSpace", false),
                FormatOptions.times(options));
    }

    @Override
    public Schema check(Map<String, String> options, Schema declared) {
        dialect(options);
        for (Field field : FormatOptions.declared("csv", declared).fields()) {
            if (!TextCell.reads(field.type())) {
                throw new PlanException(
                        Problem.of("TR-409", "csv cannot hold column '" + field.name() + "' of type " + field.type())
                                .fix("declare it as string and take it apart in a select, or use json"));
            }
        }
        return declared;
    }

    /** @throws PlanException TR-410 if the header lacks a declared column */
    @Override
    public void inspect(InputStream in, String file, Map<String, String> options, Schema schema) throws IOException {
        List<String> first = CsvReader.firstRecord(in, dialect(options));
        var lacking = new ArrayList<>(schema.names());
        lacking.removeIf(name -> CsvReader.position(first, name) >= 0);
        Optional<Boolean> header = dialect(options).header();
        boolean some = lacking.size() < schema.size();
        if (!lacking.isEmpty() && header.orElse(some)) {
            throw new PlanException(Problem.of("TR-410", "no column '" + lacking.get(0) + "' in the header of " + file)
                    .have(String.join(", ", first))
                    .fix(Nearest.question(lacking.get(0), first)));
        }
    }

    @Override
    public Reader reader(InputStream in, String file, Map<String, String> options, Schema schema, BadRecords bad) {
        return new CsvReader(in, file, dialect(options), schema, bad);
    }

    @Override
    public Reader reader(Documents documents, Map<String, String> options, Schema schema, BadRecords bad) {
        return new DocumentReader(documents, this, options, schema, bad);
    }

    @Override
    public Writer writer(Map<String, String> options, Schema schema) {
        return new CsvWriter(dialect(options), schema);
    }
}
