/** The seeded events, the same for every system, and the queries that are asked about them. Knows no system. */
@NullMarked
package org.tailrace.bench.data;

import org.jspecify.annotations.NullMarked;
