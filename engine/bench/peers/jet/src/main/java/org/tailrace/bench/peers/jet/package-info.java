/** The benchmark's queries on Hazelcast Jet. */
@NullMarked
package org.tailrace.bench.peers.jet;

import org.jspecify.annotations.NullMarked;
