package org.tailrace.exec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.tailrace.env.FileSystem;

/** A good disk as a faulty program uses it. */
record FaultyDisk(FileSystem disk, Bug bug, Set<Path> touched) implements FileSystem {
    enum Bug {
        NO_FILE_SYNC,
        NO_DIRECTORY_SYNC,
        /** What an earlier process left visible is taken for durable. */
        NO_SYNC_OF_WHAT_WAS_FOUND,
        /** A file that is to replace another is copied onto it. */
        RENAME_BY_COPY,
        /** A log that is found is written on behind whatever its end is. */
        TORN_TAIL_WRITTEN_ON,
        /** A log that is found whole is synced again and written on, whatever an earlier sync of it has come to. */
        SYNC_TRIED_AGAIN,
        /** A write that fails counts as done. */
        WRITE_FAILURE_SWALLOWED,
        SYNC_FAILURE_SWALLOWED,
        /** Changes leave as soon as a snapshot begins. */
        PURGE_BEFORE_THE_SNAPSHOT,
        /** Changes that a snapshot follows leave with it, and those after it too. */
        SNAPSHOT_WITHOUT_ITS_TAIL,
        /** Every checksum fits. */
        NO_CHECKSUM
    }

    private static final int MAGIC = 0x54524C52;
    private static final int HEAD = 21;

    FaultyDisk(FileSystem disk, Bug bug) {
        this(disk, bug, new HashSet<>());
    }

    private Output output(Path file, Output output) {
        return new Output() {
            private boolean written;

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                written = true;
                try {
                    output.write(bytes, from, length);
                } catch (IOException e) {
                    if (bug != Bug.WRITE_FAILURE_SWALLOWED) {
                        throw e;
                    }
                }
            }

            @Override
            public void sync() throws IOException {
                if (bug == Bug.NO_FILE_SYNC || bug == Bug.NO_SYNC_OF_WHAT_WAS_FOUND && !written) {
                    return;
                }
                try {
                    output.sync();
                } catch (IOException e) {
                    if (bug != Bug.SYNC_FAILURE_SWALLOWED) {
                        throw e;
                    }
                }
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    private boolean log(Path file) throws IOException {
        return disk.exists(file) && (named(file, "batches-") || named(file, "changes-"));
    }

    private static boolean named(Path file, String prefix) {
        return file.getFileName().toString().startsWith(prefix);
    }

    @Override
    public Output create(Path file) throws IOException {
        touched.add(file.getParent());
        if (bug == Bug.PURGE_BEFORE_THE_SNAPSHOT && named(file, "snapshot-")) {
            deleteChanges(file.getParent(), 1);
        }
        return output(file, disk.create(file));
    }

    private void deleteChanges(Path folder, int kept) throws IOException {
        List<Path> changes = disk.list(folder).stream()
                .map(Entry::path)
                .filter(path -> named(path, "changes-"))
                .toList();
        for (Path path : changes.subList(0, Math.max(0, changes.size() - kept))) {
            disk.delete(path);
        }
    }

    @Override
    public Output append(Path file) throws IOException {
        return output(file, disk.append(file));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (bug == Bug.NO_DIRECTORY_SYNC || bug == Bug.NO_SYNC_OF_WHAT_WAS_FOUND && !touched.contains(directory)) {
            return;
        }
        disk.syncDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        touched.add(to.getParent());
        if (bug == Bug.TORN_TAIL_WRITTEN_ON && log(to)
                || bug == Bug.SYNC_TRIED_AGAIN && log(to) && Arrays.equals(disk.read(from), disk.read(to))) {
            disk.delete(from);
            try (Output out = disk.append(to)) {
                out.sync();
            }
        } else if (bug == Bug.RENAME_BY_COPY) {
            byte[] bytes = disk.read(from);
            try (Output out = disk.create(to)) {
                out.write(bytes, 0, bytes.length);
                out.sync();
            }
            disk.delete(from);
        } else {
            disk.rename(from, to);
        }
        if (bug == Bug.SNAPSHOT_WITHOUT_ITS_TAIL && named(to, "snapshot-")) {
            deleteChanges(to.getParent(), 0);
        }
    }

    @Override
    public InputStream open(Path file, long position) throws IOException {
        if (bug != Bug.NO_CHECKSUM) {
            return disk.open(file, position);
        }
        byte[] bytes = disk.read(file);
        ByteBuffer frames = ByteBuffer.wrap(bytes);
        int at = 0;
        while (at + HEAD <= bytes.length && frames.getInt(at) == MAGIC) {
            int length = frames.getInt(at + 13);
            if (length < 0 || length > bytes.length - at - HEAD) {
                break;
            }
            var crc = new CRC32C();
            crc.update(bytes, at + 4, 13);
            crc.update(bytes, at + HEAD, length);
            frames.putInt(at + 17, (int) crc.getValue());
            at += HEAD + length;
        }
        int from = (int) Math.min(position, bytes.length);
        return new ByteArrayInputStream(bytes, from, bytes.length - from);
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public Entry status(Path path) throws IOException {
        return disk.status(path);
    }

    @Override
    public Path realPath(Path path) throws IOException {
        return disk.realPath(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        touched.add(path.getParent());
        disk.delete(path);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public Lock lock(Path file, String content) throws IOException {
        return disk.lock(file, content);
    }
}
