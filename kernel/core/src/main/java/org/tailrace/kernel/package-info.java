/** A Jupyter kernel: wire, protocol, interpreter and plug-ins, put together. */
@NullMarked
package org.tailrace.kernel;

import org.jspecify.annotations.NullMarked;
