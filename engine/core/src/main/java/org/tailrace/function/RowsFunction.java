package org.tailrace.function;

import java.io.Serializable;
import org.tailrace.data.Row;

/** From one row to any number of rows. */
@FunctionalInterface
public interface RowsFunction extends Serializable {
    void apply(Row row, Emitter<Row> out) throws Exception;
}
