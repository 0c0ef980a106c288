/** A Kafka broker within a process, for tests and measurements. */
@NullMarked
package org.tailrace.broker;

import org.jspecify.annotations.NullMarked;
