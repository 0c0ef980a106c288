package org.tailrace;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A durable query of an earlier session, which waits in its checkpoint. It never starts by itself.
 *
 * @param checkpoint its folder, absolute
 * @param lastBatch the last committed batch; empty if there is none or the checkpoint cannot be read
 * @param watermarkMs the watermark that batch used, milliseconds since the epoch; empty if there is none
 * @param words how it stands and what resumes it
 */
public record StoppedQuery(
        String name,
        Path checkpoint,
        OptionalLong lastBatch,
        OptionalLong watermarkMs,
        Standing standing,
        String words) {

    public enum Standing {
        RESUMABLE,
        /** The process that ran it last still lives. */
        HELD,
        DAMAGED
    }
}
