package org.tailrace.testkit.golden;

import java.util.List;

/**
 * One way to run a scenario.
 *
 * @param crash the power fails between all batches: the query is restored from what its checkpoint has on the disk
 * @param vectorSize rows that operators work on at a time
 */
record Way(String name, boolean crash, int vectorSize) {
    private static final int USUAL = 4096;

    static final Way AS_WRITTEN = new Way("as written", false, USUAL);
    static final Way CRASHES = new Way("killed between all batches", true, USUAL);
    static final Way SMALL_VECTORS = new Way("vectors of 2 rows", false, 2);

    static final List<Way> ALL = List.of(AS_WRITTEN, CRASHES, SMALL_VECTORS);
}
