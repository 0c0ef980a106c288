/** Writes and removes the kernelspec by which Jupyter finds the kernel. */
@NullMarked
package org.tailrace.app.install;

import org.jspecify.annotations.NullMarked;
