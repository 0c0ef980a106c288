package org.tailrace.connect;

/**
 * A file as it was when it was planned.
 *
 * @param batch number of the range that it belongs to, from 1
 * @param size in bytes; what is appended later is not read
 */
record SeenFile(long batch, String path, long modifiedMs, long size) {}
