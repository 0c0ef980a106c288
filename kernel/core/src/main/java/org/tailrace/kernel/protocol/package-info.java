/** Jupyter's requests and replies, typed, and the order in which they are served. */
@NullMarked
package org.tailrace.kernel.protocol;

import org.jspecify.annotations.NullMarked;
