/** Where output goes: the cell that started it, on the wire or into a notebook file. */
@NullMarked
package org.tailrace.kernel.output;

import org.jspecify.annotations.NullMarked;
