package org.tailrace.state;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailrace.env.FileSystem;

/**
 * A file of frames: created whole with its header, then appended to. Its header says which file of which checkpoint it
 * is, so that a file that was moved or mixed up is noticed.
 */
final class FrameFile implements AutoCloseable {
    static final int FORMAT = 1;

    private final Path path;
    private final FileSystem.Output output;
    private long sequence;
    private long size;
    private boolean synced = true;

    private FrameFile(Path path, FileSystem.Output output, long sequence, long size) {
        this.path = path;
        this.output = output;
        this.sequence = sequence;
        this.size = size;
    }

    /** Creates a file with nothing but its header, durable under its name, and opens it. */
    static FrameFile create(FileSystem files, Path path, String checkpoint) throws IOException {
        writeWhole(files, path, List.of(header(path, checkpoint).bytes()));
        return append(files, path, 1, files.status(path).size());
    }

    private static FrameFile append(FileSystem files, Path path, long nextSequence, long size) throws IOException {
        return new FrameFile(path, files.append(path), nextSequence, size);
    }

    /**
     * Opens what is whole of a scanned file again, written anew in its place.
     *
     * <p>After an fsync that failed, a page may be in the cache, clean, and not on the disk: it can be read, and the next
     * fsync of the file succeeds without writing it. No later process can tell. So what may have come to that is read and
     * written once more, to another file. Nor does a process from which the checkpoint was taken over write into that.
     */
    static FrameFile anew(FileSystem files, Path path, Scan scan) throws IOException {
        writeWhole(files, path, out -> {
            try (InputStream in = files.open(path, 0)) {
                byte[] piece = new byte[1 << 16];
                for (long left = scan.end(); left > 0; ) {
                    int count = in.readNBytes(piece, 0, (int) Math.min(piece.length, left));
                    if (count == 0) {
                        throw new EOFException(path + " has become shorter");
                    }
                    out.write(piece, 0, count);
                    left -= count;
                }
            }
            return true;
        });
        return behind(files, path, scan);
    }

    /** As {@link #create}, without an fsync: for what may be lost. */
    static FrameFile createLoosely(FileSystem files, Path path, String checkpoint) throws IOException {
        FileSystem.Output output = files.create(path);
        var file = new FrameFile(path, output, 0, 0);
        try {
            Frame header = header(path, checkpoint);
            file.append(header.kind(), header.payload());
            return file;
        } catch (IOException | RuntimeException | Error e) {
            output.close();
            throw e;
        }
    }

    /** Opens a file that is whole to write on behind what is there: for what may be lost, else {@link #anew}. */
    static FrameFile behind(FileSystem files, Path path, Scan scan) throws IOException {
        return append(files, path, scan.frames(), scan.end());
    }

    static Frame header(Path path, String checkpoint) {
        return new Frame(Frame.HEADER, 0, Frame.payload(out -> {
            out.writeInt(FORMAT);
            out.writeUTF(path.getFileName().toString());
            out.writeUTF(checkpoint);
        }));
    }

    /** Temporary file, fsync, rename, fsync of the directory: it is there whole or not at all. */
    static void writeWhole(FileSystem files, Path path, Iterable<byte[]> parts) throws IOException {
        writeWhole(files, path, out -> {
            for (byte[] part : parts) {
                out.write(part, 0, part.length);
            }
            return true;
        });
    }

    /** Writes a file; says whether it is to be kept. */
    @FunctionalInterface
    interface Content {
        boolean write(FileSystem.Output out) throws IOException;
    }

    static boolean writeWhole(FileSystem files, Path path, Content content) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + Names.TEMPORARY);
        boolean keep;
        try (FileSystem.Output out = files.create(temporary)) {
            keep = content.write(out);
            if (keep) {
                out.sync();
            }
        }
        if (keep) {
            files.rename(temporary, path);
            files.syncDirectory(Names.parent(path));
        } else {
            files.delete(temporary);
        }
        return keep;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    void append(byte kind, byte[] payload) throws IOException {
        synced = false;
        byte[] bytes = new Frame(kind, sequence, payload).bytes();
        output.write(bytes, 0, bytes.length);
        sequence++;
        size += bytes.length;
    }

    void sync() throws IOException {
        if (!synced) {
            output.sync();
            synced = true;
        }
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    /** Takes the frames of a file one by one. */
    interface Visitor {
        void frame(Frame frame, long end) throws IOException;
    }

    /**
     * What is in a file.
     *
     * @param end after the last whole frame in sequence
     * @param frames how many those are
     * @param damaged something follows that is not whole and right
     * @param beyond whole frames of later sequence after the damage
     */
    record Scan(long end, long frames, boolean damaged, List<Frame> beyond) {}

    /** Takes the frames of a file one by one; says whether to go on. */
    interface Walker {
        boolean frame(Frame frame, long end) throws IOException;
    }

    /** As {@link #walk}, and looks for whole frames behind damage. */
    static Scan scan(FileSystem files, Path path, String checkpoint, Visitor visitor) throws IOException {
        Scan found = walk(files, path, checkpoint, (frame, end) -> {
            visitor.frame(frame, end);
            return true;
        });
        return found.damaged()
                ? new Scan(found.end(), found.frames(), true, beyond(files, path, found.end(), found.frames()))
                : found;
    }

    /**
     * Reads a file up to its end, its first damage, or where the walker stops.
     *
     * @throws org.tailrace.error.CheckpointException TR-602 if its header is not right, TR-605 if its format is unknown
     */
    static Scan walk(FileSystem files, Path path, @Nullable String checkpoint, Walker walker) throws IOException {
        long size = files.status(path).size();
        long at = 0;
        long frames = 0;
        try (InputStream in = new BufferedInputStream(files.open(path, 0), 1 << 16)) {
            while (at < size) {
                Frame frame = Frame.read(in, size - at);
                if (frame == null || frame.sequence() != frames) {
                    break;
                }
                at += Frame.HEAD + frame.payload().length;
                if (frames++ == 0) {
                    checkHeader(frame, path, checkpoint);
                } else if (!walker.frame(frame, at)) {
                    return new Scan(at, frames, false, List.of());
                }
            }
        }
        if (frames == 0) {
            throw Damage.file(path, "its header is not whole");
        }
        return new Scan(at, frames, at < size, List.of());
    }

    /** @param checkpoint whose file it must be; null if that is not known */
    private static void checkHeader(Frame frame, Path path, @Nullable String checkpoint) throws IOException {
        if (frame.kind() != Frame.HEADER) {
            throw Damage.file(path, "it does not start with a header");
        }
        try (var in = frame.data()) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw Damage.version(path, format);
            }
            String name = in.readUTF();
            String owner = in.readUTF();
            if (!name.equals(path.getFileName().toString()) || checkpoint != null && !owner.equals(checkpoint)) {
                throw Damage.file(path, "it is " + name + " of checkpoint " + owner);
            }
        }
    }

    private static List<Frame> beyond(FileSystem files, Path path, long from, long sequence) throws IOException {
        byte[] rest;
        try (InputStream in = files.open(path, from)) {
            rest = in.readAllBytes();
        }
        var found = new ArrayList<Frame>();
        for (int i = 0; i + Frame.HEAD <= rest.length; i++) {
            if (rest[i] == (byte) (Frame.MAGIC >>> 24)) {
                Frame frame = at(rest, i);
                if (frame != null && frame.sequence() > sequence) {
                    found.add(frame);
                    i += Frame.HEAD + frame.payload().length - 1;
                }
            }
        }
        return found;
    }

    private static @Nullable Frame at(byte[] bytes, int from) throws IOException {
        int left = bytes.length - from;
        return Frame.read(new ByteArrayInputStream(bytes, from, left), left);
    }
}
