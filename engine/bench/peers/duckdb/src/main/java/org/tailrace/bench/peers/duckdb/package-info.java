/** The benchmark's queries on DuckDB. */
@NullMarked
package org.tailrace.bench.peers.duckdb;

import org.jspecify.annotations.NullMarked;
