/** The built-in functions, one class each. */
@NullMarked
package org.tailrace.expr.builtin;

import org.jspecify.annotations.NullMarked;
