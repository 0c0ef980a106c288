package org.tailrace.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of a file of the checkpoint, framed so that a reader can tell a whole one from a torn one.
 *
 * <pre>
 *  magic:int  kind:byte  sequence:long  length:int  crc32c:int  payload
 * </pre>
 *
 * The checksum covers kind, sequence, length and payload. Sequences of a file count up from 0, its header; so a record
 * of another place is not taken for one of this.
 */
record Frame(byte kind, long sequence, byte[] payload) {
    static final int MAGIC = 0x54524C52;
    static final int HEAD = 21;

    /** First record of every file. */
    static final byte HEADER = 'H';

    static final byte OFFSETS = 'O';
    static final byte INPUT = 'I';
    static final byte COMMIT = 'C';
    /**
     * What a version changed in the state of all operators: the version, and for each the length of what follows, −1 for
     * nothing; numbers of rows written and removed, and those rows.
     */
    static final byte CHANGES = 'V';
    /** Rows of one operator in a snapshot. */
    static final byte ROWS = 'R';
    /** A past batch, for time travel. */
    static final byte KEPT = 'K';
    /** Last record of a snapshot. */
    static final byte END = 'E';

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(HEAD + payload.length);
        out.putInt(MAGIC).put(kind).putLong(sequence).putInt(payload.length);
        return out.putInt(checksum()).put(payload).array();
    }

    private int checksum() {
        ByteBuffer head = ByteBuffer.allocate(13);
        head.put(kind).putLong(sequence).putInt(payload.length);
        var crc = new CRC32C();
        crc.update(head.array());
        crc.update(payload);
        return (int) crc.getValue();
    }

    DataInputStream data() {
        return new DataInputStream(new ByteArrayInputStream(payload));
    }

    /** Fills a payload. */
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] payload(Content content) {
        var bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the next record; null if there is none or it is not whole and right.
     *
     * @param left bytes that the stream has left, which bounds what a length may claim
     */
    static @Nullable Frame read(InputStream in, long left) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        if (head.length < HEAD) {
            return null;
        }
        ByteBuffer values = ByteBuffer.wrap(head);
        int magic = values.getInt();
        byte kind = values.get();
        long sequence = values.getLong();
        int length = values.getInt();
        int crc = values.getInt();
        if (magic != MAGIC || length < 0 || length > left - HEAD) {
            return null;
        }
        var frame = new Frame(kind, sequence, in.readNBytes(length));
        return frame.payload.length == length && frame.checksum() == crc ? frame : null;
    }
}
