/** Comms: messages between a front end's widgets and the kernel. */
@NullMarked
package org.tailrace.kernel.comm;

import org.jspecify.annotations.NullMarked;
