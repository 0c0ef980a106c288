package org.tailrace.spi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows by ranges of offsets. One per query and source; called by the query's thread only, except
 * {@link #onAvailable}, whose callback any thread may call.
 */
public interface Source extends AutoCloseable {

    /** How far a range can be read again. */
    enum Replay {
        /** After a restart of the machine. */
        DURABLE,
        /** As long as this process lives. */
        PROCESS,
        /** Not at all: what was read is gone. */
        NONE
    }

    /**
     * @param bounded ends by itself; {@link #finished} then says when
     */
    record Capabilities(Replay replay, boolean bounded) {}

    /** @param maxRows a wish: how many rows a batch should not exceed; {@code Long.MAX_VALUE} for no limit */
    record Limit(long maxRows) {
        public static final Limit NONE = new Limit(Long.MAX_VALUE);
    }

    Capabilities capabilities();

    /**
     * Gives the source a folder of the query's checkpoint for what it must remember across restarts; called once, before
     * anything else, and not at all if the query has no checkpoint.
     */
    default void rememberIn(java.nio.file.Path directory) throws Exception {}

    /**
     * Chooses the end of the next batch.
     *
     * @param from end of the last batch; null before the first
     * @return empty if nothing has been added since; a range may hold no rows
     */
    Optional<Offset> plan(@Nullable Offset from, Limit limit) throws Exception;

    /** Reads a planned range; the same range always yields the same rows in the same order. */
    BatchReader read(@Nullable Offset from, Offset to) throws Exception;

    /**
     * The end of all that is there now, whatever the limits; empty if the source cannot say. Lets a query stop at what
     * was there at a moment although more keeps coming.
     */
    default Optional<Offset> latest(@Nullable Offset from) throws Exception {
        return Optional.empty();
    }

    /** Whether {@code at} is not before {@code target}. */
    default boolean reached(Offset at, Offset target) {
        return at.json().equals(target.json());
    }

    /** The range up to {@code to} is committed and will not be asked for again. */
    default void commit(Offset to) throws Exception {}

    /** Reads an offset's JSON form back. */
    Offset offset(String json);

    /** A bounded source has given all up to {@code from}. */
    default boolean finished(@Nullable Offset from) {
        return false;
    }

    /** Rows given so far and in all, for a progress line; total −1 if it is not known. */
    default long[] progress(@Nullable Offset from) {
        return new long[] {0, -1};
    }

    /** Asks to be told, from any thread, when {@link #plan} may have something new. Sources that poll ignore it. */
    default void onAvailable(Runnable wake) {}

    /** A source that must be polled says how often, in milliseconds; 0 if it tells by {@link #onAvailable}. */
    default long pollMs() {
        return 0;
    }

    /** Sentences for the status card, such as {@code cannot replay: rows read before a crash are lost}. */
    default List<String> notes() {
        return List.of();
    }

    @Override
    void close() throws Exception;
}
