/** What a plug-in of the kernel implements and is given. The kernel itself knows nothing of any plug-in. */
@NullMarked
package org.tailrace.kernel.spi;

import org.jspecify.annotations.NullMarked;
