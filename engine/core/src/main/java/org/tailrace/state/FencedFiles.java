package org.tailrace.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.tailrace.env.FileSystem;

/**
 * The disk, for as long as a checkpoint's lock is held: before a file of the folder comes, goes or changes its name the lock
 * is asked. So a process that was stopped in the middle of that, and has been taken over from since, replaces and removes
 * nothing of its successor's. What it appends to goes unseen: a successor writes its logs anew ({@link FrameFile#anew}).
 */
final class FencedFiles implements FileSystem {
    private final FileSystem files;
    private final Lock lock;
    private final Path directory;

    FencedFiles(FileSystem files, Lock lock, Path directory) {
        this.files = files;
        this.lock = lock;
        this.directory = directory;
    }

    private void fence() throws IOException {
        if (!lock.held()) {
            throw Damage.takenOver(directory);
        }
    }

    @Override
    public List<Entry> list(Path folder) throws IOException {
        return files.list(folder);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return files.exists(path);
    }

    @Override
    public Entry status(Path path) throws IOException {
        return files.status(path);
    }

    @Override
    public Path realPath(Path path) throws IOException {
        return files.realPath(path);
    }

    @Override
    public InputStream open(Path file, long position) throws IOException {
        return files.open(file, position);
    }

    @Override
    public Output create(Path file) throws IOException {
        fence();
        return files.create(file);
    }

    @Override
    public Output append(Path file) throws IOException {
        fence();
        return files.append(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        fence();
        files.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        fence();
        files.delete(path);
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        fence();
        files.createDirectories(folder);
    }

    @Override
    public void syncDirectory(Path folder) throws IOException {
        files.syncDirectory(folder);
    }

    @Override
    public Lock lock(Path file, String content) throws IOException {
        return files.lock(file, content);
    }
}
