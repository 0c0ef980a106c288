package org.tailrace.connect;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * The files that a path means: a file, the files of a directory, or all that a pattern such as {@code in/2024-*} matches.
 * Names that start with a dot or an underscore, and those of unfinished files, are passed over.
 */
final class FileListing {
    private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".crdownload", "._copying_", ".swp", "~");

    private final FileSystem disk;
    private final Path path;
    private final boolean recursive;
    private final @Nullable PathMatcher names;

    private FileListing(FileSystem disk, Path path, boolean recursive, @Nullable PathMatcher names) {
        this.disk = disk;
        this.path = path;
        this.recursive = recursive;
        this.names = names;
    }

    /** @throws PlanException TR-404 if the path or the pattern is none */
    static FileListing of(FileSystem disk, String path, boolean recursive, Optional<String> nameGlob) {
        try {
            return new FileListing(
                    disk,
                    Path.of(path),
                    recursive,
                    nameGlob.map(FileListing::glob).orElse(null));
        } catch (InvalidPathException | PatternSyntaxException e) {
            throw new PlanException(
                    Problem.of("TR-404", "no path or pattern '" + nameGlob.orElse(path) + "'")
                            .because(e.getMessage()),
                    e);
        }
    }

    private static PathMatcher glob(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    private static boolean isPattern(String segment) {
        return segment.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** @throws PlanException TR-420 if there is nothing at the path; a pattern may match nothing yet */
    void mustExist() throws IOException {
        Path at = path.isAbsolute() ? path.getRoot() : Path.of("");
        for (Path segment : path) {
            if (isPattern(segment.toString())) {
                return;
            }
            Path next = at.resolve(segment);
            if (!disk.exists(next)) {
                throw missing(at, segment.toString(), next);
            }
            at = next;
        }
    }

    private PlanException missing(Path directory, String name, Path next) throws IOException {
        List<String> there = disk.list(directory.toString().isEmpty() ? Path.of(".") : directory).stream()
                .map(entry -> entry.path().getFileName() + (entry.directory() ? "/" : ""))
                .filter(entry -> !entry.startsWith("."))
                .toList();
        String shown = String.join(", ", there.subList(0, Math.min(20, there.size())));
        boolean last = next.equals(path);
        boolean file = last && name.contains(".");
        String way = last ? "" : " on the way to '" + path + "'";
        return new PlanException(Problem.of(
                        "TR-420", "no such " + (file ? "file" : "directory") + " '" + next + "'" + way)
                .have(there.isEmpty() ? "nothing in " + (directory.toString().isEmpty() ? "." : directory) : shown)
                .fix(Nearest.question(
                        name,
                        there.stream().map(entry -> entry.replace("/", "")).toList())));
    }

    /** The files that are there now, in no particular order. */
    List<FileSystem.Entry> files() throws IOException {
        var found = new ArrayList<FileSystem.Entry>();
        expand(path.isAbsolute() ? path.getRoot() : Path.of(""), 0, found);
        return found;
    }

    private void expand(Path at, int depth, List<FileSystem.Entry> found) throws IOException {
        if (depth == path.getNameCount()) {
            if (disk.exists(at)) {
                add(disk.status(at), true, found);
            }
            return;
        }
        String segment = path.getName(depth).toString();
        if (!isPattern(segment)) {
            expand(at.resolve(segment), depth + 1, found);
            return;
        }
        PathMatcher matcher = glob(segment);
        for (FileSystem.Entry entry : disk.list(at.toString().isEmpty() ? Path.of(".") : at)) {
            Path name = entry.path().getFileName();
            if (matcher.matches(name) && !hidden(name.toString())) {
                expand(at.resolve(name), depth + 1, found);
            }
        }
    }

    private void add(FileSystem.Entry entry, boolean named, List<FileSystem.Entry> found) throws IOException {
        if (!entry.directory()) {
            Path name = entry.path().getFileName();
            if (names == null || names.matches(name)) {
                found.add(entry);
            }
            return;
        }
        if (!named && !recursive) {
            return;
        }
        for (FileSystem.Entry child : disk.list(entry.path())) {
            if (!hidden(String.valueOf(child.path().getFileName()))) {
                add(child, false, found);
            }
        }
    }

    private static boolean hidden(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith(".")
                || name.startsWith("_") && !name.contains("=")
                || UNFINISHED.stream().anyMatch(lower::endsWith);
    }
}
