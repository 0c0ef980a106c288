package org.tailrace.kernel.protocol;

import java.util.ArrayList;
import java.util.List;
import org.tailrace.kernel.wire.Json;
import org.tailrace.kernel.wire.Message;

/**
 * Says busy and idle for each request, in an order that no front end misreads.
 *
 * <p>Front ends want both for every request (JupyterLab takes a completion for answered only after its idle), but show
 * whatever status came last. So after the idle of a request that was answered while a cell ran, the cell's busy is said
 * again, right behind it.
 */
final class StatusBoard {

    private final Publisher publisher;
    private final List<Message> running = new ArrayList<>();

    StatusBoard(Publisher publisher) {
        this.publisher = publisher;
    }

    /** @param work whether it is a cell or a comm message, and not a question answered beside them */
    synchronized void begin(Message request, boolean work) {
        if (work) {
            running.add(request);
        }
        say(request, "busy");
    }

    synchronized void end(Message request) {
        running.removeIf(r -> r == request);
        say(request, "idle");
        if (!running.isEmpty()) {
            say(running.get(running.size() - 1), "busy");
        }
    }

    synchronized void starting() {
        publisher.publish(Json.object(), "status", Json.object().put("execution_state", "starting"));
    }

    private void say(Message request, String state) {
        publisher.publish(request.header(), "status", Json.object().put("execution_state", state));
    }
}
