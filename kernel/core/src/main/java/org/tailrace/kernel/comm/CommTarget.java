package org.tailrace.kernel.comm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What answers when a front end opens a comm of some name. */
@FunctionalInterface
public interface CommTarget {

    /**
     * A front end opened {@code comm}; what it sends from now on goes to the handler that {@link Comm#onMessage} was given.
     * Called in order with the cells, on the thread of their shell.
     */
    void opened(Comm comm, JsonNode data, List<byte[]> buffers) throws Exception;
}
