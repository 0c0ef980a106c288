/**
 * DStreams: a stream as a sequence of RDDs, one per batch interval, worked on by typed lambdas. They lower to the same plan
 * and run in the same loop as tables.
 */
@NullMarked
package org.tailrace.dstream;

import org.jspecify.annotations.NullMarked;
