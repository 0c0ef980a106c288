package org.tailrace.connect;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tailrace.data.Schema;
import org.tailrace.data.text.TextRules;
import org.tailrace.data.text.TimestampText;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Options;

/** Options that several formats share. */
final class FormatOptions {
    static final Set<String> RECORDS = Set.of("mode", "failFast", "encoding", "charset", "multiLine");
    static final Set<String> TIMES = Set.of("dateFormat", "timestampFormat", "timestampNTZFormat", "timeZone");

    private FormatOptions() {}

    static Set<String> with(Set<String> first, String... more) {
        var all = new TreeSet<>(first);
        all.addAll(RECORDS);
        all.addAll(List.of(more));
        return all;
    }

    /** Whether a bad record ends the query. */
    static boolean failFast(Options options) {
        String mode = options.choice("mode", "permissive", List.of("permissive", "dropmalformed", "failfast"));
        return mode.equals("failfast") || options.flag("failFast", false);
    }

    static void checkRecords(Options options) {
        failFast(options);
        for (String name : List.of("encoding", "charset")) {
            options.choice(name, "utf-8", List.of("utf-8", "utf8"));
        }
    }

    static TextRules times(Options options) {
        String zone = options.text("timeZone", "UTC");
        ZoneId id = TimestampText.find(zone);
        if (id == null) {
            throw options.wrong("timeZone", zone, "UTC, an offset such as +02:00, or a region such as Europe/Paris");
        }
        return new TextRules(id, pattern(options, "dateFormat"), pattern(options, "timestampFormat"));
    }

    private static Optional<DateTimeFormatter> pattern(Options options, String name) {
        return options.text(name).map(pattern -> {
            try {
                return DateTimeFormatter.ofPattern(pattern, Locale.US);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw options.wrong(name, pattern, "a pattern such as dd/MM/yyyy HH:mm:ss");
            }
        });
    }

    /** @throws PlanException TR-408 if no columns were declared */
    static Schema declared(String format, Schema schema) {
        if (schema.size() == 0) {
            throw new PlanException(Problem.of("TR-408", format + " needs to know its columns")
                    .because("a stream's files are not there yet when the query is made")
                    .fix("." + format + "(\"id string, amount double, ts timestamp\")"));
        }
        return schema;
    }
}
