package org.tailrace.state;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** Names of the files of a checkpoint. Numbers have 19 digits, so that they sort as text. */
final class Names {
    static final String TEMPORARY = ".tmp";
    static final String METADATA = "metadata";
    static final String LOCK = "lock";
    static final String SOURCES = "sources";

    /** Write-ahead log from a batch on. */
    static final String BATCHES = "batches-";

    /** Changes of the state from a version on. */
    static final String CHANGES = "changes-";

    /** State after a version. */
    static final String SNAPSHOT = "snapshot-";

    /** Past batches from one on, for time travel. */
    static final String KEPT = "kept-";

    private Names() {}

    static String of(String prefix, long number) {
        return prefix + String.format(Locale.ROOT, "%019d", number);
    }

    /** The number in a name that {@link #of} made; empty for any other name. */
    static OptionalLong number(String prefix, Path path) {
        String name = path.getFileName().toString();
        return name.matches(prefix + "\\d{19}")
                ? OptionalLong.of(Long.parseLong(name.substring(prefix.length())))
                : OptionalLong.empty();
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no directory");
        }
        return parent;
    }
}
