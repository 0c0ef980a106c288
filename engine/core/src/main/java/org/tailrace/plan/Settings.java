package org.tailrace.plan;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The session's settings that change what a query means, under Spark's names and defaults except the zone, which is UTC.
 * A checkpoint keeps them, and they win over the session on restart.
 *
 * @param zone {@code spark.sql.session.timeZone}
 * @param ansi {@code spark.sql.ansi.enabled}
 * @param maxWatermark {@code spark.sql.streaming.multipleWatermarkPolicy} is {@code max}
 * @param noDataBatches {@code spark.sql.streaming.noDataMicroBatches.enabled}
 */
public record Settings(ZoneId zone, boolean ansi, boolean maxWatermark, boolean noDataBatches) {
    public static final Settings DEFAULT = new Settings(ZoneOffset.UTC, true, false, true);
}
