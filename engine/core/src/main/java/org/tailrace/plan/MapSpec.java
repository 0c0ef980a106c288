package org.tailrace.plan;

import org.tailrace.data.Schema;
import org.tailrace.function.RowsFunction;

/**
 * A stateless user function over rows: {@code map}, {@code flatMap}, {@code filter} by lambda.
 *
 * @param name what {@code explain} calls it
 */
public record MapSpec(String name, Schema output, RowsFunction function) {}
