package org.tailrace.kernel.wire;

/** Bytes that are no message for this kernel: dropped, never answered. */
final class MalformedMessageException extends Exception {

    MalformedMessageException(String reason) {
        super(reason);
    }
}
