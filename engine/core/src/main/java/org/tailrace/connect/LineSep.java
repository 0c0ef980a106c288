package org.tailrace.connect;

import java.util.List;
import org.tailrace.spi.Options;

/** The option {@code lineSep}: lines end with a line feed, and a carriage return before it is taken off. */
final class LineSep {
    private LineSep() {}

    static void check(Options options) {
        options.text("lineSep")
                .filter(sep -> !List.of("\n", "\r\n", "\\n", "\\r\\n").contains(sep))
                .ifPresent(sep -> {
                    throw options.wrong("lineSep", sep, "a line feed, with or without a carriage return");
                });
    }
}
