/** Random queries over every construct that the engine has, for a run beside Spark. */
@NullMarked
package org.tailrace.testkit.random;

import org.jspecify.annotations.NullMarked;
