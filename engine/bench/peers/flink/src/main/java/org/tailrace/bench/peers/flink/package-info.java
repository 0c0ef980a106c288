/** The benchmark's queries on Flink. */
@NullMarked
package org.tailrace.bench.peers.flink;

import org.jspecify.annotations.NullMarked;
