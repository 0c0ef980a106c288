package org.tailrace.spi;

/** A position in a source, opaque to the engine. {@code json} is one line and reads back with {@link Source#offset}. */
public interface Offset {
    String json();
}
