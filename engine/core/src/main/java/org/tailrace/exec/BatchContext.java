package org.tailrace.exec;

/**
 * What a batch may depend on besides its rows and the state; all of it is in the write-ahead log.
 *
 * @param batchTimeMs milliseconds since the epoch
 * @param lateWatermarkMs the watermark that the previous batch used, by which rows are too late; 0 before the first
 * @param watermarkMs the watermark that this batch uses, by which state leaves; 0 before the first
 * @param noData a batch without input
 */
record BatchContext(
        long batchId, long batchTimeMs, long seed, long lateWatermarkMs, long watermarkMs, boolean noData) {}
