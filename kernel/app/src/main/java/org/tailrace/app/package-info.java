/** The installable: the command line, and the assembly of kernel, magics and engine. */
@NullMarked
package org.tailrace.app;

import org.jspecify.annotations.NullMarked;
