/** The interfaces that lambdas of a user implement. */
@NullMarked
package org.tailrace.function;

import org.jspecify.annotations.NullMarked;
