package org.tailrace.state;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Records of the write-ahead log as bytes. */
final class LogRecords {
    private LogRecords() {}

    static void write(DataOutputStream out, OffsetRecord record) throws IOException {
        out.writeLong(record.batchId());
        out.writeLong(record.batchTimeMs());
        out.writeLong(record.seed());
        out.writeLong(record.lateWatermarkMs());
        out.writeLong(record.watermarkMs());
        out.writeBoolean(record.noData());
        out.writeInt(record.ranges().size());
        for (OffsetRecord.Range range : record.ranges()) {
            writeText(out, range.from());
            writeText(out, range.to());
        }
    }

    static OffsetRecord readOffsets(DataInputStream in) throws IOException {
        long batchId = in.readLong();
        long time = in.readLong();
        long seed = in.readLong();
        long late = in.readLong();
        long watermark = in.readLong();
        boolean noData = in.readBoolean();
        var ranges = new ArrayList<OffsetRecord.Range>();
        for (int i = in.readInt(); i > 0; i--) {
            ranges.add(new OffsetRecord.Range(readText(in), readText(in)));
        }
        return new OffsetRecord(batchId, time, seed, late, watermark, noData, ranges);
    }

    static void write(DataOutputStream out, CommitRecord record) throws IOException {
        out.writeLong(record.batchId());
        out.writeLong(record.nextWatermarkMs());
        out.writeInt(record.watermarksMs().size());
        for (long watermark : record.watermarksMs()) {
            out.writeLong(watermark);
        }
        out.writeBoolean(record.skipped());
    }

    static CommitRecord readCommit(DataInputStream in) throws IOException {
        long batchId = in.readLong();
        long next = in.readLong();
        var watermarks = new ArrayList<Long>();
        for (int i = in.readInt(); i > 0; i--) {
            watermarks.add(in.readLong());
        }
        return new CommitRecord(batchId, next, watermarks, in.readBoolean());
    }

    /** Offsets of a source of many files may be longer than the 64 KB of {@code writeUTF}. */
    static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text == null ? -1 : bytes.length);
        out.write(bytes);
    }

    static @Nullable String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
