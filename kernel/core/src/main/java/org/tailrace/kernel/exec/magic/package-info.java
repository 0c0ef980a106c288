/** The magics that need nothing but a notebook. */
@NullMarked
package org.tailrace.kernel.exec.magic;

import org.jspecify.annotations.NullMarked;
