/** A notebook as a front end sees it: the installed kernel in a process of its own, cells, and what they show. */
@NullMarked
package org.tailrace.bench.notebook;

import org.jspecify.annotations.NullMarked;
