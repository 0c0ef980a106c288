package org.tailrace.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tailrace.spi.Format;
import org.tailrace.spi.Options;

/** Spark's options of a file source, checked; without those of the format. */
record FileOptions(
        String path,
        long maxFiles,
        long maxBytes,
        boolean latestFirst,
        long maxAgeMs,
        boolean byName,
        Clean clean,
        Optional<String> archive,
        Optional<String> glob,
        boolean recursive,
        long cached,
        boolean failFast) {

    /** What becomes of a file once its batch is committed. */
    enum Clean {
        OFF,
        ARCHIVE,
        DELETE
    }

    private static final Set<String> NAMES = Set.of(
            "path",
            "maxFilesPerTrigger",
            "maxBytesPerTrigger",
            "latestFirst",
            "maxFileAge",
            "fileNameOnly",
            "cleanSource",
            "sourceArchiveDir",
            "pathGlobFilter",
            "recursiveFileLookup",
            "maxCachedFiles",
            "discardCachedInputRatio");
    private static final long WEEK_MS = 7L * 24 * 3600 * 1000;

    static Set<String> known(Format format, Set<String> more) {
        var all = new TreeSet<>(NAMES);
        all.addAll(format.options());
        all.addAll(more);
        return all;
    }

    /** The options that are the format's. */
    static Map<String, String> ofFormat(Map<String, String> options, Format format) {
        var lower = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        lower.addAll(format.options());
        var own = new java.util.TreeMap<>(options);
        own.keySet().removeIf(name -> !lower.contains(name));
        return own;
    }

    static FileOptions of(Format format, Map<String, String> given, Set<String> more) {
        var options = new Options(format.name(), given, known(format, more));
        ratio(options);
        Clean clean = Clean.valueOf(options.choice("cleanSource", "off", List.of("off", "archive", "delete"))
                .toUpperCase(java.util.Locale.ROOT));
        return new FileOptions(
                options.required("path"),
                options.number("maxFilesPerTrigger", Long.MAX_VALUE, 1),
                options.bytes("maxBytesPerTrigger", Long.MAX_VALUE),
                options.flag("latestFirst", false),
                options.durationMs("maxFileAge", WEEK_MS),
                options.flag("fileNameOnly", false),
                clean,
                clean == Clean.ARCHIVE
                        ? Optional.of(options.required("sourceArchiveDir"))
                        : options.text("sourceArchiveDir"),
                options.text("pathGlobFilter"),
                options.flag("recursiveFileLookup", false),
                options.number("maxCachedFiles", 10_000, 0),
                FormatOptions.failFast(options));
    }

    private static void ratio(Options options) {
        options.text("discardCachedInputRatio").ifPresent(text -> {
            if (!text.matches("0?\\.\\d+|0|1|1\\.0+")) {
                throw options.wrong("discardCachedInputRatio", text, "a number from 0 to 1");
            }
        });
    }
}
