package org.tailrace.env;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The disk of this machine. Files are read and written through streams and not through channels: an interrupt closes a
 * channel, and no interrupt may close a file of the engine.
 */
final class SystemFileSystem implements FileSystem {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    @Override
    public List<Entry> list(Path directory) throws IOException {
        var entries = new ArrayList<Entry>();
        try (var paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                try {
                    entries.add(status(path));
                } catch (NoSuchFileException gone) {
                    // Deleted between the listing and the look at it: as if it had never been listed.
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        entries.sort(Comparator.comparing(entry -> entry.path().getFileName().toString()));
        return entries;
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public Entry status(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Entry(
                path,
                attributes.isDirectory(),
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }

    @Override
    public Path realPath(Path path) throws IOException {
        return path.toRealPath();
    }

    @Override
    public InputStream open(Path file, long position) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        InputStream in = new FileInputStream(file.toFile());
        try {
            in.skipNBytes(Math.min(position, Files.size(file)));
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return new StreamOutput(new FileOutputStream(file.toFile(), false));
    }

    @Override
    public Output append(Path file) throws IOException {
        return new StreamOutput(new FileOutputStream(file.toFile(), true));
    }

    private record StreamOutput(FileOutputStream stream) implements Output {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            stream.write(bytes, from, length);
        }

        @Override
        public void sync() throws IOException {
            stream.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        var missing = new ArrayList<Path>();
        for (Path at = directory.toAbsolutePath().normalize(); at != null && !Files.exists(at); at = at.getParent()) {
            missing.add(at);
        }
        Files.createDirectories(directory);
        for (Path made : missing) {
            Path parent = made.getParent();
            if (parent != null) {
                syncDirectory(parent);
            }
        }
    }

    /** A directory can be forced only through a channel, so an interrupt is put off until it is done. */
    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (WINDOWS) {
            // Windows opens no directory for this; NTFS journals names by itself.
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Lock lock(Path file, String content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new FileSystemException(file.toString(), null, "is not a file in a directory");
        }
        return FileLocks.take(directory.toRealPath().resolve(file.getFileName()), content);
    }
}
