package org.tailrace;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.tailrace.data.Batch;
import org.tailrace.function.BatchFunction;
import org.tailrace.render.Values;

/** Draws the batches that a console sink is given as text: the last three, one below the other. */
final class Console {
    private static final int BATCHES = 3;

    private final LiveHost host;
    // the sink is made before the query that it belongs to
    private final CompletableFuture<Query> query = new CompletableFuture<>();
    private final ArrayDeque<String> shown = new ArrayDeque<>();

    Console(LiveHost host) {
        this.host = host;
    }

    void of(Query owner) {
        query.complete(owner);
    }

    BatchFunction<Batch> function(Map<String, String> options) {
        int rows = Integer.parseInt(options.getOrDefault("numrows", "20"));
        return (batch, id) -> {
            Query owner = query.get();
            String table = Values.batch(batch, owner.info().zone(), "", rows).text();
            shown.addLast("Batch #" + id + "\n" + table);
            if (shown.size() > BATCHES) {
                shown.removeFirst();
            }
            host.console(owner, String.join("\n", shown));
        };
    }
}
