package org.tailrace.function;

import java.util.Iterator;
import org.tailrace.data.Row;

/** A processor over rows, as the engine calls it; the typed one of the DSL wraps records around it. */
public interface RowProcessor {
    void rows(Row key, Iterator<Row> rows, Timers timers, Emitter<Row> out) throws Exception;

    void timer(Row key, long timeMs, Timers timers, Emitter<Row> out) throws Exception;

    void initial(Row key, Row initial, Timers timers) throws Exception;

    void close() throws Exception;
}
