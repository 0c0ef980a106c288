package org.tailrace.exec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tailrace.Dsl;
import org.tailrace.Query;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;

/**
 * The program that is killed: reads files, numbers the rows of each key in its state, and writes them to files, with a
 * checkpoint. Says {@code READY} on its standard output once the query runs.
 *
 * <p>Arguments: the folder that holds {@code in}, {@code out} and {@code checkpoint}; {@code run} until it is killed, or
 * {@code finish} what is there and end; {@code good}, or {@code bad} for a program that commits a batch before its sink has it.
 */
public final class KilledQuery {
    private KilledQuery() {}

    public record Entry(String key, long number) {}

    public record Count(long n) {}

    public record Numbered(String key, long number, long n) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<BatchStep> order = new ArrayList<>(BatchStep.ORDER);
        if (arguments[2].equals("bad")) {
            Collections.swap(order, order.indexOf(BatchStep.WRITE), order.indexOf(BatchStep.COMMIT));
        }
        var streams =
                Tailrace.builder().backend(new ReorderedBackend(order, 20_000)).build();
        StreamTable entries = streams.source("csv")
                .option("path", folder.resolve("in").toString())
                .option("maxFilesPerTrigger", 1)
                .schema("key string, number bigint")
                .load();
        Query query = entries.as(Entry.class)
                .keyBy(Entry::key)
                .process(Count.class, Numbered.class, (entry, state, out) -> {
                    long n = state.get().map(Count::n).orElse(0L) + 1;
                    state.set(new Count(n));
                    out.emit(new Numbered(entry.key(), entry.number(), n));
                })
                .to(Dsl.files(folder.resolve("out").toString()).csv())
                .append()
                .asFastAsPossible()
                .checkpoint(folder.resolve("checkpoint"))
                .start("numbered");
        System.out.println("READY");
        if (arguments[1].equals("finish")) {
            query.processAllAvailable();
            query.stop();
        } else {
            query.await();
        }
        System.exit(0);
    }
}
