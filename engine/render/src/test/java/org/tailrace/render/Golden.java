package org.tailrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Files that say what a view looks like: its HTML, with the pictures as readable SVG, and its text. {@code -Dgolden=update}
 * writes them anew, to be looked at before they are committed.
 */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/org/tailrace/render");
    private static final Pattern IMAGE = Pattern.compile("data:image/svg\\+xml;base64,([A-Za-z0-9+/=]+)");

    private Golden() {}

    static void check(String name, Rendered frame) {
        compare(name + ".html", readable(frame.html()));
        compare(name + ".txt", frame.text());
    }

    private static String readable(String html) {
        return IMAGE.matcher(html)
                .replaceAll(m -> java.util.regex.Matcher.quoteReplacement("\n"
                        + new String(Base64.getDecoder().decode(m.group(1)), StandardCharsets.UTF_8)
                                .replace("><", ">\n<")
                        + "\n"))
                .replace("</tr><tr", "</tr>\n<tr");
    }

    private static void compare(String file, String actual) {
        Path path = FOLDER.resolve(file);
        try {
            if ("update".equals(System.getProperty("golden"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(path, actual);
            }
            assertEquals(Files.readString(path), actual, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
