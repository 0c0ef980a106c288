package org.tailrace.kernel.spi;

import java.util.Map;

/** Turns values of some type into a bundle of MIME type to text. The last one registered that accepts a value wins. */
public interface Renderer {

    boolean accepts(Object value);

    /** At least {@code text/plain}. An empty map renders nothing, for a value that already shows itself elsewhere. */
    Map<String, String> render(Object value);
}
