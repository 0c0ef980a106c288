package org.tailrace.spi;

import java.io.IOException;
import org.tailrace.data.BatchBuilder;

/**
 * Records that come one by one, each a whole document of its format, such as lines of a file or values of a topic. After
 * {@link #next} the document is {@code bytes()[start()..end())}. One thread.
 */
public interface Documents extends AutoCloseable {

    /** Moves to the next document; false if there is none now. */
    boolean next() throws IOException;

    byte[] bytes();

    int start();

    int end();

    /** The number of the document, from 1. */
    long number();

    /** The document was too long to be kept. */
    default boolean tooLong() {
        return false;
    }

    /** There is a record and no document in it: it gives a row of NULLs. */
    default boolean isNull() {
        return false;
    }

    /** Where the document is, such as {@code trades.json line 17}. */
    String position();

    /** The document as a bad record shows it. */
    String shown();

    /**
     * The document has become the last row of the format's columns: the others get their values. The row may still be taken
     * back, by {@link BatchBuilder#truncate}.
     */
    default void complete(BatchBuilder rows) {}

    @Override
    default void close() throws IOException {}
}
