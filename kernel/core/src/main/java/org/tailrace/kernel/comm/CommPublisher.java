package org.tailrace.kernel.comm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Carries comm messages to the front ends. */
@FunctionalInterface
public interface CommPublisher {

    /** @param type {@code comm_open}, {@code comm_msg} or {@code comm_close} */
    void publish(String type, ObjectNode content, List<byte[]> buffers);
}
