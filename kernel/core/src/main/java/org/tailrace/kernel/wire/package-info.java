/** Jupyter messages on ZeroMQ: framing, signatures, and the one thread that owns the sockets. */
@NullMarked
package org.tailrace.kernel.wire;

import org.jspecify.annotations.NullMarked;
