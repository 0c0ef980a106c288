/** What a system has to do to take part: run a query, show its answer, be measured. */
@NullMarked
package org.tailrace.bench.contest;

import org.jspecify.annotations.NullMarked;
