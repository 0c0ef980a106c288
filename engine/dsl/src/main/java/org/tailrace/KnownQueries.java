package org.tailrace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tailrace.env.FileSystem;

/**
 * Names, checkpoint folders and notebooks of the durable queries that a user has started, in one folder with one small file
 * each, so that a later session can say which of them rest.
 *
 * <p>A file is named after its checkpoint's folder and written after the query has taken that folder's lock: nobody else
 * writes it then, and sessions that start at once never undo each other's entries. It appears whole, by rename. Nothing
 * but the three names is in it.
 */
final class KnownQueries {
    private static final String SUFFIX = ".query";

    private final FileSystem files;
    private final Path folder;

    KnownQueries(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * @param checkpoint absolute
     * @param notebook whose query it is
     */
    record Entry(String name, Path checkpoint, String notebook) {}

    static Path absolute(Path checkpoint) {
        return checkpoint.toAbsolutePath().normalize();
    }

    void add(String name, Path checkpoint, String notebook) throws IOException {
        Path absolute = absolute(checkpoint);
        String text = oneLine(name) + "\n" + absolute + "\n" + oneLine(notebook) + "\n";
        String id = UUID.nameUUIDFromBytes(absolute.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        files.createDirectories(folder);
        Path unfinished = folder.resolve(id + ".part");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (FileSystem.Output out = files.create(unfinished)) {
            out.write(bytes, 0, bytes.length);
            out.sync();
        }
        files.rename(unfinished, folder.resolve(id + SUFFIX));
        files.syncDirectory(folder);
    }

    private static String oneLine(String name) {
        return name.replaceAll("\\R", " ");
    }

    /** By name. Those whose checkpoint's folder is gone are forgotten. */
    List<Entry> all() throws IOException {
        var all = new ArrayList<Entry>();
        for (FileSystem.Entry file : files.list(folder)) {
            if (file.path().getFileName().toString().endsWith(SUFFIX)) {
                Optional<Entry> entry = read(file.path());
                if (entry.isPresent() && files.exists(entry.get().checkpoint())) {
                    all.add(entry.get());
                } else {
                    files.delete(file.path());
                }
            }
        }
        all.sort(Comparator.comparing(Entry::name).thenComparing(Entry::checkpoint));
        return all;
    }

    private Optional<Entry> read(Path file) throws IOException {
        List<String> lines =
                new String(files.read(file), StandardCharsets.UTF_8).lines().toList();
        try {
            // A file of an earlier version has no third line, and so no notebook of its own.
            return lines.size() == 2 || lines.size() == 3
                    ? Optional.of(new Entry(lines.get(0), Path.of(lines.get(1)), lines.size() == 3 ? lines.get(2) : ""))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
