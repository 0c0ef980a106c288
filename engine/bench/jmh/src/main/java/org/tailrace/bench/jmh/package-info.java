/** What is measured by JMH and needs no package of its own; JMH runs the set-up before anything reads a field. */
@NullMarked
package org.tailrace.bench.jmh;

import org.jspecify.annotations.NullMarked;
