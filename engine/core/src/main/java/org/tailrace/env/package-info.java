/** The seams to the outside world: disk, clock, dice and threads. Nothing else in the engine touches them. */
@NullMarked
package org.tailrace.env;

import org.jspecify.annotations.NullMarked;
