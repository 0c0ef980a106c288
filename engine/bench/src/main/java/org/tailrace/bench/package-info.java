/** Throughput of the engine beside loops written by hand over the same columns. */
@NullMarked
package org.tailrace.bench;

import org.jspecify.annotations.NullMarked;
