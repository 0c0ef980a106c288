package org.tailrace.env;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The disk. A file written here is visible at once and durable only after {@link Output#sync()} and, for its name,
 * {@link #syncDirectory(Path)}.
 */
public interface FileSystem {

    record Entry(Path path, boolean directory, long size, long modifiedMs) {}

    interface Output extends AutoCloseable {
        void write(byte[] bytes, int from, int length) throws IOException;

        /** Makes everything written so far durable. */
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Entries of a directory by name, without {@code .} and {@code ..}; empty if there is no such directory. */
    List<Entry> list(Path directory) throws IOException;

    boolean exists(Path path) throws IOException;

    /** Size, time and kind of what is at {@code path}. */
    Entry status(Path path) throws IOException;

    /** The resolved real path, symbolic links followed. */
    Path realPath(Path path) throws IOException;

    /** Bytes from {@code position} on. */
    InputStream open(Path file, long position) throws IOException;

    default byte[] read(Path file) throws IOException {
        try (InputStream in = open(file, 0)) {
            return in.readAllBytes();
        }
    }

    /** A new file; one of that name goes, and is never written or synced again. */
    Output create(Path file) throws IOException;

    /** Opens at the end, creating the file if need be. */
    Output append(Path file) throws IOException;

    /** Atomic; replaces the target. */
    void rename(Path from, Path to) throws IOException;

    /** Does nothing if there is no such file. */
    void delete(Path path) throws IOException;

    /** With those on the way to it; durable when this returns. */
    void createDirectories(Path directory) throws IOException;

    /** Makes creations, renames and deletions in the directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /**
     * Takes an exclusive lock and writes {@code content} into the lock file.
     *
     * @throws LockedException if another holder, in this process or another, has it
     */
    Lock lock(Path file, String content) throws IOException;

    /** A lock that is held until it is closed. */
    interface Lock extends AutoCloseable {
        /** False once the lock file has been taken away by force: another may hold a lock of that name since. */
        boolean held() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The lock is held; {@code holder} is what the holder wrote. */
    final class LockedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final String holder;

        public LockedException(Path file, String holder) {
            super(file + " is locked by " + holder);
            this.holder = holder;
        }

        public String holder() {
            return holder;
        }
    }
}
