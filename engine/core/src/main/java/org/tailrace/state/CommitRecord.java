package org.tailrace.state;

import java.util.List;

/**
 * A batch has been done, and its sink has the rows.
 *
 * @param nextWatermarkMs the watermark that the next batch uses
 * @param watermarksMs of each watermarked input of the plan
 * @param skipped the user passed over the batch, which failed
 */
public record CommitRecord(long batchId, long nextWatermarkMs, List<Long> watermarksMs, boolean skipped) {
    public CommitRecord {
        watermarksMs = List.copyOf(watermarksMs);
    }
}
