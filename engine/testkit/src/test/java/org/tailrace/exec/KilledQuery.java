package org.tailrace.exec;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tailrace.Dsl;
import org.tailrace.Query;
import org.tailrace.StreamTable;
import org.tailrace.Tailrace;
import org.tailrace.error.TailraceException;

/**
 * The program that is killed: reads files, numbers the rows of each key in its state, and writes them to files, with a
 * checkpoint. As {@link org.tailrace.testkit.KillLoop} wants it: begins with the word {@code run}, until it is killed, or
 * {@code finish}, what is there; says {@code READY} once the query runs, and the code of the error if it fails then.
 *
 * <p>Arguments: the folder that holds {@code in}, {@code out} and {@code checkpoint}; {@code good}, or {@code bad} for a program
 * that commits a batch before its sink has it.
 */
public final class KilledQuery {
    private KilledQuery() {}

    public record Entry(String key, long number) {}

    public record Count(long n) {}

    public record Numbered(String key, long number, long n) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<BatchStep> order = new ArrayList<>(BatchStep.ORDER);
        if (arguments[1].equals("bad")) {
            Collections.swap(order, order.indexOf(BatchStep.WRITE), order.indexOf(BatchStep.COMMIT));
        }
        var streams =
                Tailrace.builder().backend(new ReorderedBackend(order, 20_000)).build();
        String word = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (word == null) {
            return;
        }
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
        try {
            if (word.equals("finish")) {
                query.processAllAvailable();
                query.stop();
            } else {
                query.await();
            }
            System.exit(0);
        } catch (TailraceException e) {
            System.out.println(e.code());
            System.exit(3);
        }
    }
}
