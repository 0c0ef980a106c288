/** Tailrace in a stock JJava kernel. Nothing else refers to these classes, which need JJava's own to be loaded. */
@NullMarked
package org.tailrace.magics.jjava;

import org.jspecify.annotations.NullMarked;
