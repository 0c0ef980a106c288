package org.tailrace.kernel.exec.magic;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Paths as they are written behind a magic: relative to the working folder, {@code ~} for home, perhaps with wildcards. */
public final class PathPattern {

    private static final String WILD = "*?[{";

    private PathPattern() {}

    /** The files that a text names, sorted; a text without wildcards names itself, present or not. */
    public static List<Path> files(String text) throws IOException {
        var pattern = expanded(text);
        int wild = firstWild(pattern);
        if (wild < 0) {
            return List.of(Path.of(pattern));
        }
        int slash = pattern.lastIndexOf('/', wild);
        var base = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
        var rest = pattern.substring(slash + 1);
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(base, depth)) {
            return found.filter(path -> matcher.matches(base.relativize(path)))
                    .map(path -> slash < 0 ? base.relativize(path) : path)
                    .sorted()
                    .toList();
        }
    }

    /** Files and folders whose path begins with a text. */
    static List<String> startingWith(String text) {
        var pattern = expanded(text);
        int slash = pattern.lastIndexOf('/');
        var folder = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
        var kept = text.substring(0, text.lastIndexOf('/') + 1);
        var name = pattern.substring(slash + 1);
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> path.getFileName().toString().startsWith(name))
                    .map(path -> kept + path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String expanded(String text) {
        return text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
    }

    private static int firstWild(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (WILD.indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
