/** The engine in the notebook: the only code that sees both the kernel and the engine. */
@NullMarked
package org.tailrace.magics;

import org.jspecify.annotations.NullMarked;
