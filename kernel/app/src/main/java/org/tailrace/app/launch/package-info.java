/** How a Java process of ours is started: which java, which flags, which class path. */
@NullMarked
package org.tailrace.app.launch;

import org.jspecify.annotations.NullMarked;
