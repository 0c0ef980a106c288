package org.tailrace.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.TopicPartition;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.spi.Options;

/** What a source reads: the options {@code subscribe}, {@code subscribePattern} and {@code assign}, as Spark's. */
sealed interface TopicChoice {

    /** All partitions of these topics, those that are added later too. */
    record Names(SortedSet<String> topics) implements TopicChoice {}

    /** All topics of such a name, those that are made later too. */
    record Matching(Pattern pattern) implements TopicChoice {}

    /** These partitions and no others. */
    record Parts(Set<TopicPartition> parts) implements TopicChoice {
        SortedSet<String> topics() {
            var topics = new TreeSet<String>();
            parts.forEach(part -> topics.add(part.topic()));
            return topics;
        }
    }

    List<String> OPTIONS = List.of("subscribe", "subscribePattern", "assign");

    /** @throws PlanException TR-466 if not exactly one of the options is given */
    static TopicChoice of(Options options) {
        List<String> given = OPTIONS.stream().filter(options::has).toList();
        if (given.size() != 1) {
            throw new PlanException(Problem.of("TR-466", "a Kafka source reads by one of " + String.join(", ", OPTIONS))
                    .have(given.isEmpty() ? "none of them" : String.join(" and ", given))
                    .fix(".option(\"subscribe\", \"orders\")"));
        }
        String text = options.required(given.get(0));
        switch (given.get(0)) {
            case "subscribe":
                var names = new TreeSet<String>();
                Arrays.stream(text.split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .forEach(names::add);
                if (names.isEmpty()) {
                    throw options.wrong("subscribe", text, "names of topics, separated by commas");
                }
                return new Names(names);
            case "subscribePattern":
                try {
                    return new Matching(Pattern.compile(text));
                } catch (PatternSyntaxException e) {
                    throw options.wrong("subscribePattern", text, "a regular expression such as orders-.*");
                }
            default:
                Set<TopicPartition> parts = OffsetText.partitions(text)
                        .filter(some -> !some.isEmpty())
                        .orElseThrow(() -> options.wrong("assign", text, "partitions such as {\"orders\":[0,1]}"));
                return new Parts(parts);
        }
    }

    /** What a checkpoint and a card call the source. */
    static String identity(Options options) {
        for (String name : OPTIONS) {
            if (options.has(name)) {
                return "kafka(" + options.required(name).replaceAll("\\s*,\\s*", ",") + ")";
            }
        }
        return "kafka()";
    }
}
