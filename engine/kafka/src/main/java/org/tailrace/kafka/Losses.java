package org.tailrace.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.Problem;
import org.tailrace.error.SourceException;

/**
 * What becomes of records that are gone before they were read: an error that says which, or with {@code failOnDataLoss=false}
 * a note on the card and a count.
 */
final class Losses {
    private static final int KEPT = 5;

    private final String identity;
    private final boolean fail;
    private final Deque<String> notes = new ArrayDeque<>();
    private long rowsLost;

    Losses(String identity, boolean fail) {
        this.identity = identity;
        this.fail = fail;
    }

    /** Offsets from {@code offset} to {@code on}, of a range that ends at {@code to}, are not there. */
    void gone(TopicPartition part, long offset, long to, long on, long earliest) {
        long count = on - offset;
        if (fail) {
            throw new SourceException(Problem.of(
                            "TR-462", identity + ": records of " + part + " are gone before they were read")
                    .because("offsets from " + offset + " to " + (on - 1)
                            + " were deleted, or their time of retention is over")
                    .have("wanted " + offset + " to " + (to - 1) + ", the first that is there is " + earliest + "; "
                            + count + (count == 1 ? " record" : " records") + " lost")
                    .fix(".option(\"failOnDataLoss\", false) goes on with what is there and counts what is lost"));
        }
        rowsLost += count;
        note("offsets " + offset + " to " + (on - 1) + " of " + part + " are gone");
    }

    /**
     * Whether a topic is another than the one that was read so far.
     *
     * @param now null if it is not there
     * @throws SourceException TR-461 or TR-463 if that is an error
     */
    boolean changed(String name, String id, Cluster.@Nullable Topic now) {
        if (now == null) {
            if (fail) {
                throw missing(name);
            }
            note("topic " + name + " is not there any more");
            return true;
        }
        if (id.isEmpty() || now.id().isEmpty() || id.equals(now.id())) {
            return false;
        }
        if (fail) {
            throw new SourceException(Problem.of("TR-463", identity + ": topic " + name + " was deleted and made again")
                    .because("it has the id " + now.id() + " and had " + id
                            + ": what was not read of the old one is gone, and offsets mean something else now")
                    .fix(".option(\"failOnDataLoss\", false) goes on with the new one from its beginning"));
        }
        note("topic " + name + " was deleted and made again: what was not read of the old one is lost");
        return true;
    }

    /** TR-461; worth waiting for. */
    SourceException missing(String names) {
        return new SourceException(
                Problem.of("TR-461", identity + ": there is no topic " + names)
                        .fix("make it, or correct its name; the query goes on by itself"),
                null,
                true);
    }

    private void note(String what) {
        if (!notes.contains(what)) {
            notes.add(what);
            if (notes.size() > KEPT) {
                notes.remove();
            }
        }
    }

    List<String> notes() {
        if (notes.isEmpty()) {
            return List.of();
        }
        String count = rowsLost == 0 ? "" : rowsLost + " offsets lost so far: ";
        return List.of(identity + ": " + count + String.join("; ", notes));
    }
}
