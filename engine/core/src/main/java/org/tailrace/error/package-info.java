/** Errors that say what, where, what there is and how to fix it. */
@NullMarked
package org.tailrace.error;

import org.jspecify.annotations.NullMarked;
