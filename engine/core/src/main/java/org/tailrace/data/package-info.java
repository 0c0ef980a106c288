/** Schema, types, columns and batches, and the vectors that operators work on. */
@NullMarked
package org.tailrace.data;

import org.jspecify.annotations.NullMarked;
