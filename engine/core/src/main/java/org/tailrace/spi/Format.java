package org.tailrace.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;

/** Between bytes and rows. A format keeps nothing: readers and writers do. */
public interface Format {

    /** The kind of source and sink, such as {@code csv}; also the ending of file names. */
    String name();

    /** Options of reading and writing, as Spark spells them. */
    Set<String> options();

    /**
     * Checks the format's options and completes a declared schema.
     *
     * @param declared empty if the user declared none
     * @throws org.tailrace.error.PlanException with a code if an option is wrong or a schema is needed
     */
    Schema check(Map<String, String> options, Schema declared);

    /**
     * Looks at a file that is there when the query is made; the caller closes the stream.
     *
     * @throws org.tailrace.error.PlanException with a code if files of this look can have no row of the schema
     */
    default void inspect(InputStream in, String file, Map<String, String> options, Schema schema) throws IOException {}

    /**
     * Starts to read the bytes of one file; the reader closes the stream.
     *
     * @param file what a bad record's position is told by
     */
    Reader reader(InputStream in, String file, Map<String, String> options, Schema schema, BadRecords bad)
            throws IOException;

    /**
     * Starts to read documents that come one by one. The format's columns are the first ones of the rows; each good document
     * is one row, and what is no good goes to {@code bad}. Once {@link Reader#read} said that there are no more, it may be
     * asked again when there are.
     */
    Reader reader(Documents documents, Map<String, String> options, Schema schema, BadRecords bad);

    Writer writer(Map<String, String> options, Schema schema);

    /** Takes the records that could not be used. */
    @FunctionalInterface
    interface BadRecords {
        /**
         * @param position such as {@code trades.csv line 17}
         * @param raw the record's text, cut at 4 KB
         * @param reason a whole clause
         */
        void add(String position, String raw, String reason);
    }

    interface Reader extends AutoCloseable {
        /** Appends up to {@code maxRows} rows; false once there are no more. */
        boolean read(BatchBuilder rows, int maxRows) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Rows to bytes. */
    interface Writer {
        /** What comes before the first row. */
        byte[] head();

        byte[] rows(Batch rows);
    }
}
