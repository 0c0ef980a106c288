package org.tailrace.function;

import org.tailrace.data.Row;

/** The variables of the key that a call is about, by name, over rows. */
public interface RowVariables {
    ValueState<Row> value(String name);

    ListState<Row> list(String name);

    MapState<Row, Row> map(String name);
}
