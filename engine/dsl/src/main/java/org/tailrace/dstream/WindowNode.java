package org.tailrace.dstream;

import java.util.ArrayList;
import java.util.List;

/** The elements of the parent's RDDs of the last so many milliseconds. */
final class WindowNode<T> extends Node<T> {
    private final Node<T> parent;
    private final long windowMs;

    WindowNode(Node<T> parent, long windowMs, long slideMs) {
        super(List.of(parent), slideMs);
        this.parent = parent;
        this.windowMs = windowMs;
    }

    @Override
    void advance(Run run, long tickMs) throws Exception {
        Slots<Long, List<T>> history = run.slots(this);
        for (long old : history.keys()) {
            if (old <= tickMs - windowMs) {
                history.remove(old);
            }
        }
        if (parent.due(tickMs)) {
            List<T> rdd = run.of(parent, tickMs);
            if (!rdd.isEmpty()) {
                history.put(tickMs, rdd);
            }
        }
    }

    @Override
    List<T> compute(Run run, long tickMs) {
        var all = new ArrayList<T>();
        Slots<Long, List<T>> history = run.slots(this);
        history.values().forEach(all::addAll);
        return all;
    }

    @Override
    long rememberMs() {
        return windowMs;
    }

    @Override
    String keeps() {
        return "window " + windowMs;
    }
}
