/** What happened: one immutable report per batch, and the folded result. */
@NullMarked
package org.tailrace.report;

import org.jspecify.annotations.NullMarked;
