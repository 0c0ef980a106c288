package org.tailrace.kernel.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One Jupyter message, coming or going. Its parts are not changed once it was made.
 *
 * @param identities who sent a request and gets its reply; on {@link Channel#IOPUB} the topic
 * @param parent header of the message that caused this one; empty if none did
 * @param buffers binary parts, uninterpreted
 */
public record Message(
        Channel channel,
        List<byte[]> identities,
        ObjectNode header,
        ObjectNode parent,
        ObjectNode metadata,
        ObjectNode content,
        List<byte[]> buffers) {

    public Message {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }

    public String type() {
        return header.path("msg_type").asText();
    }

    public String id() {
        return header.path("msg_id").asText();
    }

    /** The subshell that is to serve the message; empty for the main shell. */
    public String subshell() {
        return header.path("subshell_id").asText("");
    }

    /** Header fields may hold what a user typed elsewhere; a log shows the type and the size only. */
    @Override
    public String toString() {
        return channel + " " + type();
    }
}
