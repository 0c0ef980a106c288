package org.tailrace.kernel.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A message as ZeroMQ frames: identities, the delimiter, the signature, header, parent header, metadata, content, buffers.
 */
final class Frames {

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNED_PARTS = 4;

    private Frames() {}

    /** Empty, and said in the log, for content that is no JSON: one such message must not end the others. */
    static Optional<List<byte[]>> encodeOrDrop(Message message, Signer signer, Consumer<String> log) {
        try {
            return Optional.of(encode(message, signer));
        } catch (RuntimeException e) {
            log.accept("a " + message.type() + " message could not be written: " + e);
            return Optional.empty();
        }
    }

    private static List<byte[]> encode(Message message, Signer signer) {
        List<byte[]> parts = List.of(
                Json.bytes(message.header()),
                Json.bytes(message.parent()),
                Json.bytes(message.metadata()),
                Json.bytes(message.content()));
        var frames = new ArrayList<>(message.identities());
        frames.add(DELIMITER);
        frames.add(signer.sign(parts));
        frames.addAll(parts);
        frames.addAll(message.buffers());
        return frames;
    }

    static Message decode(Channel channel, List<byte[]> frames, Signer signer) throws MalformedMessageException {
        int delimiter = 0;
        while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
            delimiter++;
        }
        int first = delimiter + 2;
        int end = first + SIGNED_PARTS;
        if (delimiter == frames.size()) {
            throw new MalformedMessageException("no delimiter");
        }
        if (end > frames.size()) {
            throw new MalformedMessageException("frames are missing after the delimiter");
        }
        signer.accept(frames.get(delimiter + 1), frames.subList(first, end));
        ObjectNode header = object(frames.get(first), "header");
        if (!header.path("msg_id").isTextual() || !header.path("msg_type").isTextual()) {
            throw new MalformedMessageException("the header has no msg_id or no msg_type");
        }
        return new Message(
                channel,
                frames.subList(0, delimiter),
                header,
                object(frames.get(first + 1), "parent header"),
                object(frames.get(first + 2), "metadata"),
                object(frames.get(first + 3), "content"),
                frames.subList(end, frames.size()));
    }

    private static ObjectNode object(byte[] frame, String part) throws MalformedMessageException {
        try {
            return Json.parseObject(frame);
        } catch (IOException e) {
            throw new MalformedMessageException("the " + part + " is not a JSON object");
        }
    }
}
