/** Completion, inspection and completeness. */
@NullMarked
package org.tailrace.kernel.lang;

import org.jspecify.annotations.NullMarked;
