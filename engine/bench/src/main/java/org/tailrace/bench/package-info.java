/** Compares and measures the systems; README.md of the module says how. */
@NullMarked
package org.tailrace.bench;

import org.jspecify.annotations.NullMarked;
