/** The micro-batch engine. Nothing imports it; it is found as a backend. */
@NullMarked
package org.tailrace.exec;

import org.jspecify.annotations.NullMarked;
