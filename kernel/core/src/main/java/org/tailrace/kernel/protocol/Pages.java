package org.tailrace.kernel.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What one execution offers to the front end's pager. It travels with the reply, so none is taken after that. */
final class Pages {

    private final List<ObjectNode> bundles = new ArrayList<>();
    private boolean closed;

    static Pages closed() {
        var pages = new Pages();
        pages.closed = true;
        return pages;
    }

    /** False if the reply has gone. */
    synchronized boolean add(ObjectNode bundle) {
        return !closed && bundles.add(bundle);
    }

    /** Writes them as the payload of a reply, and closes. */
    synchronized void takeInto(ArrayNode payload) {
        for (ObjectNode bundle : bundles) {
            payload.addObject().put("source", "page").put("start", 0).set("data", bundle);
        }
        bundles.clear();
        closed = true;
    }
}
