package org.tailrace.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.tailrace.env.FileSystem;

/** A disk as a program sees it that forgets to sync. */
record FaultyDisk(FileSystem disk, boolean syncsFiles, boolean syncsDirectories) implements FileSystem {
    private Output output(Output output) {
        return new Output() {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                output.write(bytes, from, length);
            }

            @Override
            public void sync() throws IOException {
                if (syncsFiles) {
                    output.sync();
                }
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }

    @Override
    public Output create(Path file) throws IOException {
        return output(disk.create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        return output(disk.append(file));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (syncsDirectories) {
            disk.syncDirectory(directory);
        }
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
    public InputStream open(Path file, long position) throws IOException {
        return disk.open(file, position);
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
        disk.truncate(file, size);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public AutoCloseable lock(Path file, String content) throws IOException {
        return disk.lock(file, content);
    }
}
