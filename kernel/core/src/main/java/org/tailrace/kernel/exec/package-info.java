/** Runs cells on JShell in this process. */
@NullMarked
package org.tailrace.kernel.exec;

import org.jspecify.annotations.NullMarked;
