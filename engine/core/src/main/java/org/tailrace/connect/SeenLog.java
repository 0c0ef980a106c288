package org.tailrace.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;

/**
 * The files that a source has planned, by the name that tells two files apart.
 *
 * <p>In memory, and with a checkpoint also on disk: a text file {@code seen.log} whose first line says its version and which
 * source's it is, and whose other lines are a checksum, then range, how many files of the range follow, time and size of a
 * file and its path. A range's files are added when it is committed; until then the offset log has them. So a range at the end
 * that is not whole is left out, and loses nothing, if no later range has been read ({@link #written} tells); else it was whole
 * once, and the log is damaged. The log is written anew, without what has grown too old, when more than half of it is.
 */
final class SeenLog {
    private static final String HEAD = "tailrace seen.log 2 of source ";

    private final Map<String, SeenFile> files = new LinkedHashMap<>();
    private @Nullable FileSystem disk;
    private @Nullable Path log;
    private long written;
    private long lines;
    /** A write failed half way: what is at the end of the file is not known. */
    private boolean broken;

    /** Keeps the log in a folder from now on, and reads what is there. */
    void keepIn(FileSystem fileSystem, Path directory, boolean byName) throws IOException {
        fileSystem.createDirectories(directory);
        disk = fileSystem;
        log = directory.resolve("seen.log");
        if (!fileSystem.exists(log)) {
            rewrite();
            return;
        }
        read(fileSystem.read(log), byName);
        // Visible is not durable, and an earlier fsync may have failed: what is built on from here on is written anew.
        rewrite();
    }

    /** Takes the ranges that are whole. */
    private void read(byte[] bytes, boolean byName) {
        int at = lineEnd(bytes, 0);
        String first = text(bytes, 0, Math.max(at, 0));
        if (at < 0 || !first.equals(head() + "\n")) {
            throw damaged("its first line is '" + first.strip() + "', not '" + head() + "'");
        }
        var range = new ArrayList<SeenFile>();
        for (int end = lineEnd(bytes, at); end > 0; end = lineEnd(bytes, at)) {
            String[] parts = text(bytes, at, end - 1).split(" ", 6);
            SeenFile file = parse(parts);
            if (file == null) {
                break;
            }
            at = end;
            range.add(file);
            if (parts[2].equals("0")) {
                range.forEach(seen -> files.put(key(seen.path(), byName), seen));
                written = Math.max(written, file.batch());
                lines += range.size();
                range.clear();
            }
        }
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private String head() {
        Path file = log;
        return HEAD + (file == null ? "" : file.resolveSibling(".").normalize().getFileName());
    }

    /** The last range that is in the log. */
    long written() {
        return written;
    }

    static String key(String path, boolean byName) {
        return byName ? path.substring(path.lastIndexOf('/') + 1) : path;
    }

    /** Null if it is no line as it was written. */
    private static @Nullable SeenFile parse(String[] parts) {
        if (parts.length < 6
                || !parts[0].equals(checksum(String.join(" ", List.of(parts).subList(1, 6))))) {
            return null;
        }
        try {
            return new SeenFile(
                    Long.parseLong(parts[1]), unescape(parts[5]), Long.parseLong(parts[3]), Long.parseLong(parts[4]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** @param why what shows it */
    CheckpointException damaged(String why) {
        return new CheckpointException(Problem.of("TR-442", "the list of files that were read is damaged: " + log)
                .because(why));
    }

    private static String unescape(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean escaped = text.charAt(i) == '\\' && i + 1 < text.length();
            char c = escaped ? text.charAt(++i) : text.charAt(i);
            out.append(escaped && c == 'n' ? '\n' : c);
        }
        return out.toString();
    }

    private static String line(SeenFile file, int following) {
        String body = file.batch() + " " + following + " " + file.modifiedMs() + " " + file.size() + " "
                + file.path().replace("\\", "\\\\").replace("\n", "\\n");
        return checksum(body) + " " + body + "\n";
    }

    private static String checksum(String body) {
        var crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format(java.util.Locale.ROOT, "%08x", crc.getValue());
    }

    boolean has(String key) {
        return files.containsKey(key);
    }

    void put(String key, SeenFile file) {
        files.put(key, file);
    }

    /** Files of the ranges after {@code from}, up to {@code to}, in the order in which they were planned. */
    List<SeenFile> between(long from, long to) {
        return files.values().stream()
                .filter(file -> file.batch() > from && file.batch() <= to)
                .toList();
    }

    /**
     * Makes the ranges up to {@code batch} durable, and forgets files that were last changed before {@code oldestMs}, but none
     * of the last range, which shows how far the log goes.
     */
    void commit(long batch, long oldestMs) throws IOException {
        boolean purge = files.values().removeIf(file -> file.batch() < batch && file.modifiedMs() < oldestMs);
        long from = written;
        written = Math.max(written, batch);
        if (log == null || disk == null) {
            return;
        }
        boolean done = false;
        try {
            if (broken || purge && lines > 2L * files.size() + 1000) {
                rewrite();
            } else {
                append(disk, log, from, batch);
            }
            done = true;
        } finally {
            broken = !done;
            if (!done) {
                written = from;
            }
        }
    }

    /** Range by range: of two that are written at once a power loss may take the first and leave the second. */
    private void append(FileSystem fileSystem, Path target, long from, long to) throws IOException {
        for (long range = from + 1; range <= to; range++) {
            List<SeenFile> fresh = between(range - 1, range);
            if (!fresh.isEmpty()) {
                try (var out = fileSystem.append(target)) {
                    write(out, fresh);
                    out.sync();
                }
                lines += fresh.size();
            }
        }
    }

    private void rewrite() throws IOException {
        FileSystem fileSystem = disk;
        Path target = log;
        if (fileSystem == null || target == null) {
            return;
        }
        Path temporary = target.resolveSibling("seen.log.tmp");
        var settled = new TreeMap<Long, List<SeenFile>>();
        files.values().stream()
                .filter(file -> file.batch() <= written)
                .forEach(file -> settled.computeIfAbsent(file.batch(), range -> new ArrayList<>())
                        .add(file));
        try (var out = fileSystem.create(temporary)) {
            byte[] head = (head() + "\n").getBytes(StandardCharsets.UTF_8);
            out.write(head, 0, head.length);
            for (List<SeenFile> range : settled.values()) {
                write(out, range);
            }
            out.sync();
        }
        fileSystem.rename(temporary, target);
        fileSystem.syncDirectory(target.toAbsolutePath().getParent());
        lines = settled.values().stream().mapToLong(List::size).sum();
    }

    private static void write(FileSystem.Output out, List<SeenFile> range) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < range.size(); i++) {
            text.append(line(range.get(i), range.size() - 1 - i));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }
}
