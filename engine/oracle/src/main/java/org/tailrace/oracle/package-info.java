/** Random queries, run on this engine and on Spark, and compared. */
@NullMarked
package org.tailrace.oracle;

import org.jspecify.annotations.NullMarked;
