package org.tailrace.kernel.wire;

/** The four channels that carry messages; the heartbeat carries only bytes. */
public enum Channel {
    SHELL,
    CONTROL,
    STDIN,
    IOPUB
}
