/** What was run before. */
@NullMarked
package org.tailrace.kernel.history;

import org.jspecify.annotations.NullMarked;
