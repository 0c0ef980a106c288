/** What a front end asks about text that is not run: where magics are, what may follow, what a name means. */
@NullMarked
package org.tailrace.kernel.lang;

import org.jspecify.annotations.NullMarked;
