package org.tailrace.connect;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailrace.data.DataType;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;
import org.tailrace.spi.Source;
import org.tailrace.spi.SourceProvider;

/**
 * The kind {@code replay}: a bounded file, or directory of files, of the format that the option {@code format} names, played
 * by its {@code arrivalColumn} in intervals of {@code every}, at {@code speed} (a pace such as {@code 10x}, or {@code max}).
 */
public final class ReplayProvider implements SourceProvider {
    private static final Set<String> OWN = Set.of("format", "arrivalColumn", "every", "speed");
    private static final double DEFAULT_BATCHES_PER_SECOND = 10;

    @Override
    public Set<String> kinds() {
        return Set.of("replay");
    }

    @Override
    public SourceSpec describe(
            String kind, Map<String, String> given, Schema declared, boolean streaming, Environment env) {
        Format format = format(given);
        FileOptions files = FileOptions.of(format, given, OWN);
        Options options = options(format, given);
        Map<String, String> own = FileOptions.ofFormat(options.map(), format);
        Schema schema = format.check(own, declared);
        // both may still be said by a later verb; a query cannot start without them
        Optional<String> column = options.text("arrivalColumn").map(name -> column(name, schema));
        if (options.text("every").isPresent()) {
            intervalMicros(options);
            speed(options);
        }
        var listing = FileListing.of(env.files(), files.path(), files.recursive(), files.glob());
        try {
            listing.mustExist();
            FileProvider.inspectFirst(listing, format, own, schema, env.files());
        } catch (IOException e) {
            throw FileProvider.unreadable(files.path(), e);
        }
        return new SourceSpec("replay", "replay(" + files.path() + ")", schema, streaming, options.map(), column, null);
    }

    private static Format format(Map<String, String> given) {
        return FileProvider.format(given.getOrDefault("format", "csv"));
    }

    private static Options options(Format format, Map<String, String> given) {
        return new Options("replay", given, FileOptions.known(format, OWN));
    }

    /** @throws PlanException TR-424 if the schema has no such column, TR-425 if it is no timestamp */
    private static String column(String name, Schema schema) {
        int at = schema.indexOf(name);
        if (at < 0) {
            throw new PlanException(Problem.of("TR-424", "no column '" + name + "' for a row's arrival")
                    .have(schema.toString())
                    .fix(Nearest.question(name, schema.names())));
        }
        if (schema.type(at) != DataType.TIMESTAMP) {
            throw new PlanException(Problem.of(
                            "TR-425",
                            "column '" + name + "' is " + schema.type(at) + " and cannot say when a row arrived")
                    .have(schema.toString())
                    .fix("declare it as timestamp, or name a column that is one"));
        }
        return schema.name(at);
    }

    private static long intervalMicros(Options options) {
        String text = options.required("every");
        long ms = options.durationMs("every", 0);
        if (ms <= 0) {
            throw options.wrong("every", text, "a positive length of time, such as 10 minutes");
        }
        return ms * 1000;
    }

    /** Batches a second of wall time; 0 for as fast as possible. */
    private static double speed(Options options) {
        String text = options.text("speed").orElse("").trim();
        if (text.isEmpty()) {
            return DEFAULT_BATCHES_PER_SECOND;
        }
        if (text.equalsIgnoreCase("max")) {
            return 0;
        }
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?x")) {
            double times = Double.parseDouble(text.substring(0, text.length() - 1));
            if (times > 0) {
                return times * 1e6 / intervalMicros(options);
            }
        }
        throw options.wrong("speed", text, "a pace such as 10x, or max");
    }

    @Override
    public Source open(SourceSpec spec, Environment env) throws IOException {
        Format format = format(spec.options());
        FileOptions files = FileOptions.of(format, spec.options(), OWN);
        if (!spec.streaming()) {
            return new FileSource(spec, format, files, env);
        }
        Options options = options(format, spec.options());
        options.required("arrivalColumn");
        Replayed rows = Replayed.load(spec, format, files, env);
        return new ReplaySource(spec.identity(), rows, intervalMicros(options), speed(options));
    }
}
