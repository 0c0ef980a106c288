/** Loops by hand over the arrays, on one thread, as an expert would write them: the limit of what is possible. */
@NullMarked
package org.tailrace.bench.hand;

import org.jspecify.annotations.NullMarked;
