package org.tailrace.kafka;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.tailrace.Dsl;
import org.tailrace.KafkaTo;
import org.tailrace.Query;
import org.tailrace.Tailrace;
import org.tailrace.error.TailraceException;

/**
 * The program that is killed: numbers the records of a topic's keys in its state and writes them to another topic, with a
 * checkpoint. As {@link org.tailrace.testkit.KillLoop} wants it: begins with the word {@code run}, until it is killed, or
 * {@code finish}, what is there; says {@code READY} once the query runs.
 *
 * <p>Arguments: the servers, the topics {@code in} and {@code out}, the folder of the checkpoint; {@code good}, or {@code bad} for
 * a sink without transactions.
 */
public final class KilledQuery {
    private KilledQuery() {}

    public static void main(String[] arguments) throws Exception {
        Tailrace streams = Tailrace.local();
        String word = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (word == null) {
            return;
        }
        KafkaTo out = Dsl.kafka(arguments[0], arguments[2]).option("exactlyOnce", arguments[4].equals("good"));
        Query query = null;
        while (query == null) {
            try {
                query = Numbering.of(streams, arguments[0], arguments[1], 20)
                        .to(out)
                        .checkpoint(Path.of(arguments[3]))
                        .start("numbered");
            } catch (TailraceException e) {
                // A broker that is just starting answers later; whatever else it is stays.
                if (!e.code().equals("TR-464") && !e.code().equals("TR-461")) {
                    throw e;
                }
            }
        }
        System.out.println("READY");
        if (word.equals("finish")) {
            query.processAllAvailable();
            query.stop();
        } else {
            query.await();
        }
        System.exit(0);
    }
}
