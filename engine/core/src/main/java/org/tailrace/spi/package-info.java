/** What a connector, a format or a backend implements. */
@NullMarked
package org.tailrace.spi;

import org.jspecify.annotations.NullMarked;
