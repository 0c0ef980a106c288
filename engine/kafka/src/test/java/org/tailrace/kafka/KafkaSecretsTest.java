package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.tailrace.Dsl.kafka;
import static org.tailrace.Dsl.memory;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.KafkaTable;
import org.tailrace.Query;
import org.tailrace.Tailrace;
import org.tailrace.error.TailraceException;

/** A planted password must not be found in anything that a person or a file gets. */
@Timeout(90)
@ExtendWith(Topics.class)
class KafkaSecretsTest {
    private static final String CANARY = "canary-7f3a";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + CANARY
                    + "\"";

    @TempDir
    Path checkpoint;

    private final Tailrace streams = Tailrace.local();

    @AfterEach
    void close() throws Exception {
        streams.close();
    }

    private KafkaTable secured(String topic, String login) throws Exception {
        return streams.kafka(Topics.servers(), topic)
                .option("kafka.sasl.jaas.config", login)
                .option("kafka.ssl.key.password", CANARY)
                .option("kafka.ssl.truststore.password", CANARY);
    }

    private static void clean(Object shown) {
        assertFalse(String.valueOf(shown).contains(CANARY), () -> "shown: " + shown);
    }

    private static void clean(Throwable t) {
        var all = new StringWriter();
        t.printStackTrace(new PrintWriter(all));
        clean(all.toString());
    }

    @Test
    void tables_plans_queries_reports_and_checkpoints_do_not_show_passwords() throws Exception {
        String topic = Topics.make("secrets", 1);
        KafkaTable table = secured(topic, LOGIN + ";");
        for (Object shown : List.of(
                table,
                table.explain(),
                table.schema(),
                table.text(),
                table.text().explain())) {
            clean(shown);
        }
        Query q = table.option("startingOffsets", "earliest")
                .text()
                .select("value")
                .to(memory("out"))
                .checkpoint(checkpoint)
                .start("out");
        Topics.send(topic, 0, "a");
        q.processAllAvailable();
        for (Object shown : List.of(q, q.explain(), q.info(), q.status(), q.reports(), q.log())) {
            clean(shown);
        }
        q.stop();
        clean(everything(checkpoint));
    }

    private static String everything(Path folder) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void errors_of_the_client_do_not_show_passwords() throws Exception {
        for (String login :
                List.of(LOGIN, LOGIN + "; " + CANARY, CANARY, CANARY + " required x;", "x " + CANARY + " a=b;")) {
            KafkaTable table = secured("t", login)
                    .option("kafka.security.protocol", "SASL_PLAINTEXT")
                    .option("kafka.sasl.mechanism", "PLAIN");
            clean(assertThrows(TailraceException.class, () -> table.bounded().collect()));
            var sink = kafka(Topics.servers(), "t")
                    .option("kafka.security.protocol", "SASL_PLAINTEXT")
                    .option("kafka.sasl.mechanism", "PLAIN")
                    .option("kafka.sasl.jaas.config", login)
                    .option("kafka.max.block.ms", 300)
                    .option("kafka.default.api.timeout.ms", 300)
                    .option("kafka.request.timeout.ms", 300);
            clean(sink);
            var in = streams.memory("in", "value string");
            clean(assertThrows(TailraceException.class, () -> in.to(sink).start("s")));
        }
        var wrong = assertThrows(
                TailraceException.class,
                () -> secured("t", LOGIN)
                        .option("kafka.ssl.keystore.password", CANARY)
                        .option("kafka.fetch.min.bytes", CANARY + "x")
                        .bounded()
                        .collect());
        clean(wrong);
        assertEquals("TR-471", wrong.code());
    }
}
