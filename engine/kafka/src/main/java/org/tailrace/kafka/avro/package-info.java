/** Records in Avro's binary form: its schemas as types, its bytes as columns. */
@NullMarked
package org.tailrace.kafka.avro;

import org.jspecify.annotations.NullMarked;
