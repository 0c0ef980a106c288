/** Executes notebooks without Jupyter and draws executed ones as HTML pages. */
@NullMarked
package org.tailrace.app.run;

import org.jspecify.annotations.NullMarked;
