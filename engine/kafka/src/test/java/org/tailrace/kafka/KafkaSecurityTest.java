package org.tailrace.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tailrace.Dsl;
import org.tailrace.KafkaTo;
import org.tailrace.Query;
import org.tailrace.SourceReader;
import org.tailrace.Tailrace;
import org.tailrace.broker.Broker;
import org.tailrace.error.TailraceException;

/** A broker that wants a password at one door and a certificate at the other; neither secret is found anywhere. */
@Timeout(120)
class KafkaSecurityTest {
    private static final String CANARY = "canary-9b41";

    @TempDir
    Path folder;

    private static void keytool(Object... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private static String login(String user, String password, String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + password + "\"" + more + ";";
    }

    private static SourceReader sasl(Tailrace streams, Broker broker, String password) {
        return streams.source("kafka")
                .option("kafka.bootstrap.servers", broker.servers("SASL_PLAINTEXT"))
                .option("subscribe", "in")
                .option("startingOffsets", "earliest")
                .option("valueFormat", "text")
                .option("kafka.security.protocol", "SASL_PLAINTEXT")
                .option("kafka.sasl.mechanism", "PLAIN")
                .option("kafka.sasl.jaas.config", login("ann", password, ""));
    }

    private static KafkaTo ssl(Broker broker, Map<String, String> stores) {
        KafkaTo to = Dsl.kafka(broker.servers("SSL"), "out").option("kafka.security.protocol", "SSL");
        for (var store : stores.entrySet()) {
            to = to.option("kafka." + store.getKey(), store.getValue());
        }
        return to;
    }

    private static void clean(Object shown) {
        assertFalse(String.valueOf(shown).contains(CANARY), () -> "shown: " + shown);
    }

    @Test
    void a_query_reads_with_a_password_and_writes_with_a_certificate_and_shows_neither_secret() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Path trusted = folder.resolve("trusted.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "b",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                CANARY,
                "-keystore",
                keys);
        keytool("-exportcert", "-rfc", "-alias", "b", "-storepass", CANARY, "-keystore", keys, "-file", trusted);
        Map<String, String> stores = Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keys.toString(),
                "ssl.keystore.password",
                CANARY,
                "ssl.key.password",
                CANARY,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted.toString());
        var settings = new HashMap<String, String>();
        stores.forEach((name, value) -> settings.put("listener.name.ssl." + name, value));
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                login("broker", CANARY, " user_ann=\"" + CANARY + "\""));
        try (var broker = new Broker(List.of("SASL_PLAINTEXT", "SSL"), settings);
                Tailrace streams = Tailrace.local()) {
            fill(broker);
            Path checkpoint = folder.resolve("checkpoint");
            Query q = sasl(streams, broker, CANARY)
                    .load()
                    .select("value")
                    .to(ssl(broker, stores))
                    .checkpoint(checkpoint)
                    .start("secured");
            q.processAllAvailable();
            for (Object shown : List.of(q, q.explain(), q.info(), q.status(), q.reports(), q.log())) {
                clean(shown);
            }
            q.stop();
            try (var files = Files.walk(checkpoint)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    clean(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            assertEquals(
                    List.of("a", "b"),
                    streams
                            .kafka(broker.servers(), "out")
                            .option("startingOffsets", "earliest")
                            .text()
                            .bounded()
                            .select("value")
                            .collect()
                            .rows()
                            .stream()
                            .map(row -> String.valueOf(row.get(0)))
                            .toList());
            var refused = assertThrows(
                    TailraceException.class,
                    () -> sasl(streams, broker, CANARY + "x").load().bounded().collect());
            assertTrue(refused.code().startsWith("TR-4"), refused.code());
            var all = new StringWriter();
            refused.printStackTrace(new PrintWriter(all));
            clean(all);
        }
    }

    private static void fill(Broker broker) throws Exception {
        Map<String, Object> plain = Map.of("bootstrap.servers", broker.servers());
        try (var admin = Admin.create(plain);
                var producer = new KafkaProducer<>(plain, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("in", 1, (short) 1), new NewTopic("out", 1, (short) 1)))
                    .all()
                    .get();
            for (String value : List.of("a", "b")) {
                producer.send(new ProducerRecord<>("in", 0, null, value)).get();
            }
        }
    }
}
