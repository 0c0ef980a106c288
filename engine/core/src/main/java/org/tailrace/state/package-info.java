/** What outlives a batch: state, offset, commit and input logs. */
@NullMarked
package org.tailrace.state;

import org.jspecify.annotations.NullMarked;
