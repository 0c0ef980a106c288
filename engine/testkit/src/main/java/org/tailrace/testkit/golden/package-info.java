/** Runs scenarios that were recorded from Apache Spark and compares what came out. */
@NullMarked
package org.tailrace.testkit.golden;

import org.jspecify.annotations.NullMarked;
