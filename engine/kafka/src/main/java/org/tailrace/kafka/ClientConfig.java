package org.tailrace.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.Secret;
import org.tailrace.spi.Options;

/**
 * What Kafka's clients are configured with: options that begin with {@code kafka.} go to them as they are, but for what the
 * engine must own to keep its promise. Holds secrets; has no text form.
 */
final class ClientConfig {
    private static final String PREFIX = "kafka.";
    /** Set by the engine, whatever the option says; so saying it is an error, as on Spark. */
    private static final Set<String> OWNED = Set.of(
            "key.deserializer",
            "value.deserializer",
            "key.serializer",
            "value.serializer",
            "enable.auto.commit",
            "auto.offset.reset",
            "interceptor.classes",
            "allow.auto.create.topics",
            "group.protocol",
            "transactional.id",
            "enable.idempotence",
            "acks");

    /** Words of a login's configuration that are no secret. */
    private static final Pattern COMMON =
            Pattern.compile("required|requisite|sufficient|optional|username|password|[\\w.$]+Module|.{0,2}");

    private final Map<String, String> given = new HashMap<>();

    /** @throws PlanException TR-466 for an option that is the engine's */
    ClientConfig(Options options) {
        options.required("kafka.bootstrap.servers");
        options.map().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                String key = name.substring(PREFIX.length());
                if (OWNED.contains(key)) {
                    throw new PlanException(Problem.of("TR-466", "the option '" + name + "' cannot be set")
                            .because("the engine keeps offsets and transactions itself: what it promises depends on it")
                            .fix("leave it out"));
                }
                given.put(key, value);
            }
        });
    }

    /** Names of options of a source, or of a sink. */
    static Set<String> names(boolean source) {
        var names = new TreeSet<String>();
        AdminClientConfig.configNames().forEach(name -> names.add(PREFIX + name));
        (source ? ConsumerConfig.configNames() : ProducerConfig.configNames())
                .forEach(name -> names.add(PREFIX + name));
        return names;
    }

    String servers() {
        return given.getOrDefault("bootstrap.servers", "");
    }

    /** The texts that nobody may see: whole values, and the words in them, for a client quotes what it cannot read. */
    List<String> secrets() {
        var all = new ArrayList<String>();
        given.forEach((name, value) -> {
            if (Secret.holds(name)) {
                all.add(value);
                for (String word : value.split("[\\s=;\"']+")) {
                    if (!COMMON.matcher(word).matches()) {
                        all.add(word);
                    }
                }
            }
        });
        all.sort((a, b) -> b.length() - a.length());
        return all;
    }

    private Map<String, Object> of(Set<String> known, Map<String, Object> defaults, Map<String, Object> fixed) {
        var all = new HashMap<String, Object>(defaults);
        given.forEach((name, value) -> {
            if (known.contains(name.toLowerCase(Locale.ROOT))) {
                all.put(name, value);
            }
        });
        all.putAll(fixed);
        return all;
    }

    private static Map<String, Object> quiet() {
        var all = new HashMap<String, Object>();
        all.put("metric.reporters", "");
        all.put("enable.metrics.push", "false");
        all.put("default.api.timeout.ms", "10000");
        all.put("request.timeout.ms", "10000");
        return all;
    }

    Map<String, Object> admin() {
        return of(AdminClientConfig.configNames(), quiet(), Map.of());
    }

    Map<String, Object> consumer() {
        Map<String, Object> defaults = quiet();
        defaults.put("isolation.level", "read_committed");
        // A fetch that waits for records holds up the next one; so it does not wait long.
        defaults.put("fetch.max.wait.ms", "100");
        defaults.put("max.poll.records", String.valueOf(RecordReader.BLOCK));
        return of(
                ConsumerConfig.configNames(),
                defaults,
                Map.of(
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "none",
                        "allow.auto.create.topics", "false"));
    }

    Map<String, Object> producer(Map<String, Object> fixed) {
        Map<String, Object> defaults = quiet();
        defaults.remove("default.api.timeout.ms");
        // Rows go out while the batch is worked on.
        defaults.put("transaction.timeout.ms", "300000");
        defaults.put("max.block.ms", "10000");
        defaults.put("delivery.timeout.ms", "30000");
        defaults.put("linger.ms", "5");
        defaults.put("batch.size", "131072");
        return of(ProducerConfig.configNames(), defaults, fixed);
    }
}
