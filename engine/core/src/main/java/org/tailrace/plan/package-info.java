/** A query as immutable data, its resolution, and the rules that a streaming plan obeys. */
@NullMarked
package org.tailrace.plan;

import org.jspecify.annotations.NullMarked;
