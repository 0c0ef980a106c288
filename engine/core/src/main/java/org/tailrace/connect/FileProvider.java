package org.tailrace.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.env.FileSystem;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;
import org.tailrace.spi.Sink;
import org.tailrace.spi.SinkProvider;
import org.tailrace.spi.Source;
import org.tailrace.spi.SourceProvider;

/** The kinds {@code text}, {@code csv} and {@code json}: directories of files, read and written. */
public final class FileProvider implements SourceProvider, SinkProvider {
    private static final List<Format> FORMATS = List.of(new TextFormat(), new CsvFormat(), new JsonFormat());
    private static final Set<String> SINK = Set.of("path", "partitionBy");

    /** @throws PlanException TR-401 if there is no such format */
    public static Format format(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        return FORMATS.stream()
                .filter(format -> format.name().equals(lower))
                .findFirst()
                .orElseThrow(() -> new PlanException(
                        Problem.of("TR-401", "no file format '" + kind + "'").have("text, csv, json")));
    }

    @Override
    public Set<String> kinds() {
        return Set.of("text", "csv", "json");
    }

    @Override
    public SourceSpec describe(
            String kind, Map<String, String> given, Schema declared, boolean streaming, Environment env) {
        Format format = format(kind);
        FileOptions options = FileOptions.of(format, given, Set.of());
        var checked = new Options(format.name(), given, FileOptions.known(format, Set.of()));
        Map<String, String> own = FileOptions.ofFormat(checked.map(), format);
        Schema schema = format.check(own, declared);
        var listing = FileListing.of(env.files(), options.path(), options.recursive(), options.glob());
        try {
            listing.mustExist();
            inspectFirst(listing, format, own, schema, env.files());
        } catch (IOException e) {
            throw unreadable(options.path(), e);
        }
        String identity = format.name() + "(" + options.path() + ")";
        return new SourceSpec(format.name(), identity, schema, streaming, checked.map());
    }

    static void inspectFirst(
            FileListing listing, Format format, Map<String, String> own, Schema schema, FileSystem disk)
            throws IOException {
        var files = listing.files();
        if (!files.isEmpty()) {
            Path first = files.get(0).path();
            try (InputStream in = disk.open(first, 0)) {
                format.inspect(in, first.toString(), own, schema);
            }
        }
    }

    static PlanException unreadable(String path, IOException cause) {
        return new PlanException(
                Problem.of("TR-423", "cannot look into '" + path + "'").because(String.valueOf(cause.getMessage())),
                cause);
    }

    @Override
    public Source open(SourceSpec spec, Environment env) {
        Format format = format(spec.kind());
        return new FileSource(spec, format, FileOptions.of(format, spec.options(), Set.of()), env);
    }

    @Override
    public SinkSpec describe(String kind, Map<String, String> given, @Nullable Object binding, Environment env) {
        Format format = format(kind);
        var options = sinkOptions(format, given);
        String path = options.required("path");
        FileListing.of(env.files(), path, false, java.util.Optional.empty());
        if (!format.name().equals("text")) {
            format.writer(FileOptions.ofFormat(options.map(), format), new Schema(List.of()));
        }
        return new SinkSpec(format.name(), format.name() + "(" + path + ")", options.map(), null);
    }

    private static Options sinkOptions(Format format, Map<String, String> given) {
        var known = new java.util.TreeSet<>(format.options());
        known.addAll(SINK);
        return new Options(format.name(), given, known);
    }

    @Override
    public Sink open(SinkSpec spec, Environment env) {
        Format format = format(spec.kind());
        Options options = sinkOptions(format, spec.options());
        List<String> partitionBy = options.text("partitionBy").stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::trim)
                .toList();
        return new FileSink(
                env.files(),
                Path.of(options.required("path")),
                format,
                FileOptions.ofFormat(options.map(), format),
                partitionBy);
    }
}
