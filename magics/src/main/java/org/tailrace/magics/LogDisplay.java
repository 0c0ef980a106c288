package org.tailrace.magics;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tailrace.Query;
import org.tailrace.kernel.spi.Cell;
import org.tailrace.kernel.spi.LiveDisplay;

/** A small display below the cell that started a query, for what its code prints; only if no view shows it. */
final class LogDisplay implements Runnable {
    private static final int LINES = 20;

    private final Query query;
    private final Cell cell;
    private final NotebookLiveHost live;
    private @Nullable LiveDisplay display;

    LogDisplay(Query query, Cell cell, NotebookLiveHost live) {
        this.query = query;
        this.cell = cell;
        this.live = live;
    }

    @Override
    public synchronized void run() {
        if (live.hasView(query)) {
            return;
        }
        if (display == null) {
            display = cell.live(UUID.randomUUID().toString(), this::text);
        } else {
            display.update(this::text);
        }
    }

    private Map<String, String> text() {
        return Map.of(
                "text/plain",
                "log of " + query.name() + "\n" + String.join("\n", query.log().last(LINES)));
    }
}
