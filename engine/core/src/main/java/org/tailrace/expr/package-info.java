/** Expressions as data, how they are typed and evaluated. */
@NullMarked
package org.tailrace.expr;

import org.jspecify.annotations.NullMarked;
