package org.tailrace.kernel.exec;

/**
 * One message of the compiler.
 *
 * @param place where its caret begins
 * @param length of the caret, at least 1
 * @param message may have several lines
 */
record Problem(Place place, int length, String message) {}
