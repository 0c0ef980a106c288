package org.tailrace.state;

import java.io.IOException;
import java.nio.file.Path;
import org.tailrace.data.Batch;
import org.tailrace.env.FileSystem;

/** Writes a snapshot, record by record as rows come: header, rows of each operator, end. */
final class SnapshotWriter implements StateFiles.Rows {
    /** A large file is made durable piece by piece, so that the query's own small fsyncs need not wait for all of it. */
    private static final long SYNC_BYTES = 8L << 20;

    private final FileSystem.Output out;
    private long sequence;
    private long unsynced;

    SnapshotWriter(FileSystem.Output out, Path file, String checkpoint) throws IOException {
        this.out = out;
        write(FrameFile.header(file, checkpoint));
    }

    private void write(Frame frame) throws IOException {
        byte[] bytes = frame.bytes();
        out.write(bytes, 0, bytes.length);
        unsynced += bytes.length;
        if (unsynced > SYNC_BYTES) {
            out.sync();
            unsynced = 0;
        }
    }

    @Override
    public void rows(int operator, Batch rows) throws IOException {
        write(new Frame(Frame.ROWS, ++sequence, Frame.payload(payload -> {
            payload.writeInt(operator);
            BatchCodec.write(payload, rows);
        })));
    }

    void end(long version) throws IOException {
        write(new Frame(Frame.END, ++sequence, Frame.payload(payload -> payload.writeLong(version))));
    }
}
