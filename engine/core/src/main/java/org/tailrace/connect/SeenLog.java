package org.tailrace.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.Problem;

/**
 * The files that a source has planned, by the name that tells two files apart.
 *
 * <p>In memory, and with a checkpoint also on disk: a text file {@code seen.log} whose first line names it and its version
 * and whose other lines are a checksum, then the batch, time and size of a file and its path. A range's files are added when
 * it is committed; until then the offset log has them, so a last line that was torn loses nothing. The log is written anew,
 * without what has grown too old, when more than half of it is.
 */
final class SeenLog {
    private static final String HEAD = "tailrace seen.log 1";

    private final Map<String, SeenFile> files = new LinkedHashMap<>();
    private @Nullable FileSystem disk;
    private @Nullable Path log;
    private long written;
    private long lines;

    /** Keeps the log in a folder from now on, and reads what is there. */
    void keepIn(FileSystem fileSystem, Path directory, boolean byName) throws IOException {
        fileSystem.createDirectories(directory);
        disk = fileSystem;
        log = directory.resolve("seen.log");
        if (!fileSystem.exists(log)) {
            rewrite();
            return;
        }
        byte[] bytes = fileSystem.read(log);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        String[] text = new String(bytes, 0, whole, StandardCharsets.UTF_8).split("\n");
        if (!text[0].equals(HEAD)) {
            throw damaged("its first line is '" + text[0] + "', not '" + HEAD + "'");
        }
        for (int i = 1; i < text.length; i++) {
            SeenFile file = parse(text[i], i + 1);
            files.put(key(file.path(), byName), file);
            written = Math.max(written, file.batch());
        }
        lines = text.length - 1L;
        if (whole < bytes.length) {
            fileSystem.truncate(log, whole);
        }
    }

    static String key(String path, boolean byName) {
        return byName ? path.substring(path.lastIndexOf('/') + 1) : path;
    }

    private SeenFile parse(String line, int number) {
        String[] parts = line.split(" ", 5);
        if (parts.length == 5) {
            String body = line.substring(parts[0].length() + 1);
            if (parts[0].equals(checksum(body))) {
                try {
                    return new SeenFile(
                            Long.parseLong(parts[1]),
                            unescape(parts[4]),
                            Long.parseLong(parts[2]),
                            Long.parseLong(parts[3]));
                } catch (NumberFormatException e) {
                    throw damaged("line " + number + " is no entry");
                }
            }
        }
        throw damaged("line " + number + " does not have its checksum");
    }

    private CheckpointException damaged(String why) {
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

    private static String line(SeenFile file) {
        String body = file.batch() + " " + file.modifiedMs() + " " + file.size() + " "
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

    /** Makes the ranges up to {@code batch} durable, and forgets files that were last changed before {@code oldestMs}. */
    void commit(long batch, long oldestMs) throws IOException {
        var fresh = between(written, batch);
        boolean purge = files.values().removeIf(file -> file.batch() <= batch && file.modifiedMs() < oldestMs);
        written = Math.max(written, batch);
        if (log == null || disk == null) {
            return;
        }
        if (purge && lines > 2L * files.size() + 1000) {
            rewrite();
        } else if (!fresh.isEmpty()) {
            try (var out = disk.append(log)) {
                write(out, fresh);
            }
            lines += fresh.size();
        }
    }

    private void rewrite() throws IOException {
        FileSystem fileSystem = disk;
        Path target = log;
        if (fileSystem == null || target == null) {
            return;
        }
        Path temporary = target.resolveSibling("seen.log.tmp");
        var settled = new ArrayList<SeenFile>();
        files.values().stream().filter(file -> file.batch() <= written).forEach(settled::add);
        try (var out = fileSystem.create(temporary)) {
            byte[] head = (HEAD + "\n").getBytes(StandardCharsets.UTF_8);
            out.write(head, 0, head.length);
            write(out, settled);
        }
        fileSystem.rename(temporary, target);
        fileSystem.syncDirectory(target.toAbsolutePath().getParent());
        lines = settled.size();
    }

    private static void write(FileSystem.Output out, Collection<SeenFile> files) throws IOException {
        var text = new StringBuilder();
        files.forEach(file -> text.append(line(file)));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.sync();
    }
}
