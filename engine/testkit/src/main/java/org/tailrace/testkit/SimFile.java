package org.tailrace.testkit;

import java.util.Arrays;
import java.util.Random;
import org.tailrace.testkit.SimFileSystem.FailedSync;
import org.tailrace.testkit.SimFileSystem.Loss;

/** A file of {@link SimFileSystem}, which guards it: what its readers see, and what a power loss leaves of it. */
final class SimFile {
    private byte[] seen = {};
    /** As it was at the last sync. */
    private byte[] durable = {};
    /** Something was written since the last sync, successful or not. */
    private boolean dirty;
    /** The part that a sync has failed to write and that no later one will. */
    private int droppedFrom;

    private int droppedTo;
    private long modifiedMs;

    /** A file that has always been there. */
    static SimFile durable(byte[] content, long modifiedMs) {
        var file = new SimFile();
        file.seen = content.clone();
        file.durable = file.seen;
        file.modifiedMs = modifiedMs;
        return file;
    }

    SimFile copy() {
        var copy = new SimFile();
        copy.seen = seen;
        copy.durable = durable;
        copy.dirty = dirty;
        copy.droppedFrom = droppedFrom;
        copy.droppedTo = droppedTo;
        copy.modifiedMs = modifiedMs;
        return copy;
    }

    byte[] seen() {
        return seen;
    }

    long modifiedMs() {
        return modifiedMs;
    }

    void append(byte[] bytes, int from, int length, long nowMs) {
        byte[] content = Arrays.copyOf(seen, seen.length + length);
        System.arraycopy(bytes, from, content, seen.length, length);
        seen = content;
        dirty = true;
        modifiedMs = nowMs;
    }

    void sync() {
        durable = writable();
        dirty = false;
    }

    /** What a sync can write: a hole where an earlier one has dropped something. */
    private byte[] writable() {
        if (droppedFrom == droppedTo) {
            return seen;
        }
        if (seen.length == droppedTo) {
            return Arrays.copyOf(seen, droppedFrom);
        }
        byte[] content = seen.clone();
        Arrays.fill(content, droppedFrom, droppedTo, (byte) 0);
        return content;
    }

    void failToSync(FailedSync fate) {
        if (fate == FailedSync.KEPT || !dirty) {
            return;
        }
        dirty = false;
        if (fate == FailedSync.EVICTED) {
            seen = durable;
            droppedTo = droppedFrom;
        } else {
            droppedFrom = droppedFrom == droppedTo ? durable.length : droppedFrom;
            droppedTo = seen.length;
        }
    }

    SimFile afterPowerLoss(Loss loss, Random random) {
        return durable(dirty ? damaged(loss.ofFile(random), random) : durable, modifiedMs);
    }

    private byte[] damaged(Loss loss, Random random) {
        byte[] content = writable().clone();
        int differs = Arrays.mismatch(durable, content);
        int synced = differs < 0 ? content.length : Math.min(differs, content.length);
        int from = synced + random.nextInt(content.length - synced + 1);
        switch (loss) {
            case LOST:
                return durable;
            case TORN:
                return Arrays.copyOf(content, from);
            case ZEROED:
                Arrays.fill(content, from, content.length, (byte) 0);
                return content;
            case REORDERED:
                Arrays.fill(content, from, Math.min(content.length, from + 1 + random.nextInt(64)), (byte) 0);
                return content;
            default:
                return content;
        }
    }
}
