/** Libraries from Maven repositories. */
@NullMarked
package org.tailrace.kernel.maven;

import org.jspecify.annotations.NullMarked;
