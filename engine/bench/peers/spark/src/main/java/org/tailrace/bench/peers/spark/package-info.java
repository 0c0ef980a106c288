/** The benchmark's queries on Spark Structured Streaming. */
@NullMarked
package org.tailrace.bench.peers.spark;

import org.jspecify.annotations.NullMarked;
