package org.tailrace.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch is going to do, logged before it runs; a batch that is run again does exactly this.
 *
 * @param batchTimeMs milliseconds since the epoch
 * @param lateWatermarkMs the watermark that the batch before used
 * @param watermarkMs the watermark that this batch uses
 * @param noData a batch without input
 * @param ranges one per streaming source, in the order of the plan
 */
public record OffsetRecord(
        long batchId,
        long batchTimeMs,
        long seed,
        long lateWatermarkMs,
        long watermarkMs,
        boolean noData,
        List<Range> ranges) {

    public OffsetRecord {
        ranges = List.copyOf(ranges);
    }

    /**
     * @param from JSON of the position before the batch; null before the first row
     * @param to JSON of the position after it; null if the source has nothing new
     */
    public record Range(@Nullable String from, @Nullable String to) {

        /** The position after the batch. */
        public @Nullable String end() {
            return to == null ? from : to;
        }
    }
}
