/** Text to plan and plan to text: a subset of Spark SQL. */
@NullMarked
package org.tailrace.sql;

import org.jspecify.annotations.NullMarked;
