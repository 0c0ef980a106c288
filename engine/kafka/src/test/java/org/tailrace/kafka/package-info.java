@NullMarked
package org.tailrace.kafka;

import org.jspecify.annotations.NullMarked;
