package org.tailrace.env;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Locked files. The operating system's locks belong to a process, and POSIX drops them as soon as the process closes
 * <em>any</em> descriptor of the file: a second try in the same process would free the first one's lock. So what this
 * process holds is kept here, for the process as the locks are, and such a file is not opened again.
 */
final class FileLocks {
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();
    private static final int MAX_CONTENT = 4096;

    private FileLocks() {}

    static FileSystem.Lock take(Path file, String content) throws IOException {
        String mine = process() + (content.isEmpty() ? "" : ", " + content);
        String holder = HELD.putIfAbsent(file, mine);
        if (holder != null) {
            throw new FileSystem.LockedException(file, holder);
        }
        RandomAccessFile open = null;
        try {
            open = new RandomAccessFile(file.toFile(), "rw");
            FileLock lock = tryLock(open);
            if (lock == null) {
                throw new FileSystem.LockedException(file, read(open));
            }
            open.setLength(0);
            open.write(mine.getBytes(StandardCharsets.UTF_8));
            return new Held(file, mine, open, key(file));
        } catch (IOException | RuntimeException e) {
            HELD.remove(file, mine);
            if (open != null) {
                open.close();
            }
            throw e;
        }
    }

    /** @param key what tells the file from another of its name, null where nothing does */
    private record Held(
            Path file,
            String content,
            RandomAccessFile open,
            @Nullable Object key) implements FileSystem.Lock {
        /** Looks at the file without opening it, which would free the lock. */
        @Override
        public boolean held() throws IOException {
            try {
                return Objects.equals(key, FileLocks.key(file));
            } catch (NoSuchFileException e) {
                return false;
            }
        }

        /** Closing frees the lock; the file stays, since deleting it would let two holders lock two files. */
        @Override
        public void close() throws IOException {
            try {
                open.close();
            } finally {
                HELD.remove(file, content);
            }
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static @Nullable FileLock tryLock(RandomAccessFile open) throws IOException {
        try {
            return open.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(RandomAccessFile open) throws IOException {
        byte[] bytes = new byte[(int) Math.min(open.length(), MAX_CONTENT)];
        open.seek(0);
        open.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String process() {
        return "process " + ProcessHandle.current().pid() + " on " + host();
    }

    /** The machine's name without asking the network. */
    private static String host() {
        try {
            Path file = Path.of("/etc/hostname");
            if (Files.isReadable(file)) {
                return Files.readString(file).strip();
            }
        } catch (IOException | RuntimeException e) {
            // The name only serves the message.
        }
        String name = System.getenv("COMPUTERNAME");
        return name == null ? "this machine" : name;
    }
}
