package org.tailrace;

import java.time.ZoneId;
import org.tailrace.data.Batch;
import org.tailrace.render.Rendered;
import org.tailrace.render.Values;

/**
 * Rows to be looked at: renders as a table in a notebook; its text is the table in characters.
 *
 * @param rows all of them
 * @param limit how many are drawn
 */
public record Shown(Batch rows, int limit, ZoneId zone, String title) {

    public Rendered draw() {
        return Values.batch(rows, zone, title, limit);
    }

    @Override
    public String toString() {
        return draw().text();
    }
}
