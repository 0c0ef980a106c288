/** The queries on Tailrace's engine. */
@NullMarked
package org.tailrace.bench.ours;

import org.jspecify.annotations.NullMarked;
