/** The built-in sources, formats and sinks. */
@NullMarked
package org.tailrace.connect;

import org.jspecify.annotations.NullMarked;
