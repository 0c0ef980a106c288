package org.tailrace.kernel.output;

/** Something that holds until it is closed, on the thread that opened it. */
public interface Scope extends AutoCloseable {
    @Override
    void close();
}
