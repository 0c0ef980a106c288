/**
 * Topics of Apache Kafka as sources and sinks. The engine owns the offsets: it assigns and seeks, no consumer group is
 * involved in reading.
 */
@NullMarked
package org.tailrace.kafka;

import org.jspecify.annotations.NullMarked;
