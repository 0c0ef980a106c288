package org.tailrace.data;

/** How the values of a type lie in memory. */
public enum Storage {
    /** {@code boolean[]}. */
    BOOLEAN,
    /** {@code int[]}: tinyint, smallint, int, date (days), year-month interval (months). */
    INT,
    /** {@code long[]}: bigint, timestamps (micros), day-time interval (micros), decimals of up to 18 digits (unscaled). */
    LONG,
    /** {@code double[]}: double, and float, whose every value is exactly a float. */
    DOUBLE,
    /** Two {@code long[]}, high and low: decimals of more than 18 digits (unscaled, 128 bits). */
    DECIMAL128,
    /** UTF-8 or raw bytes and offsets, or codes into a {@link Dictionary}. */
    BYTES,
    ARRAY,
    MAP,
    STRUCT,
    /** Java objects that bind to no schema. */
    OBJECT
}
