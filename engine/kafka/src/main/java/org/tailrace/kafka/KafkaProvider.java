package org.tailrace.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Field;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.Nearest;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Options;
import org.tailrace.spi.Sink;
import org.tailrace.spi.SinkProvider;
import org.tailrace.spi.Source;
import org.tailrace.spi.SourceProvider;

/** The kind {@code kafka}: topics, read and written, with Spark's options and columns. */
public final class KafkaProvider implements SourceProvider, SinkProvider {
    private static final String KIND = "kafka";

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public SourceSpec describe(
            String kind, Map<String, String> given, Schema declared, boolean streaming, Environment env) {
        Options checked = SourceOptions.checked(given);
        SourceOptions options = SourceOptions.of(given, streaming);
        Schema schema = options.format() == null ? records(options, declared) : values(options, declared);
        return new SourceSpec(KIND, TopicChoice.identity(checked), schema, streaming, checked.map());
    }

    private static Schema records(SourceOptions options, Schema declared) {
        if (!options.include().isEmpty()) {
            throw new PlanException(Problem.of("TR-468", "include is for values of a format")
                    .because("records as they are have all of Kafka's columns already")
                    .fix("select the columns that you want"));
        }
        List<String> names = RecordColumns.NAMES.subList(0, RecordColumns.NAMES.size() - (options.headers() ? 0 : 1));
        var schema = new Schema(names.stream()
                .map(name -> RecordColumns.field(name, options.keyType(), options.valueText()))
                .toList());
        if (declared.size() > 0 && !declared.equals(schema)) {
            throw new PlanException(Problem.of("TR-407", "kafka has its own columns")
                    .have(schema.toString())
                    .fix("say the format of the values: .json(\"id string, amount double\")"));
        }
        return schema;
    }

    private static Schema values(SourceOptions options, Schema declared) {
        var fields = new ArrayList<Field>(java.util.Objects.requireNonNull(options.format())
                .check(options.ofFormat(), declared)
                .fields());
        for (String name : options.include()) {
            if (name.equalsIgnoreCase("value")
                    || RecordColumns.NAMES.stream().noneMatch(known -> known.equalsIgnoreCase(name))) {
                throw new PlanException(Problem.of("TR-468", "Kafka's records have no column '" + name + "' to include")
                        .have(String.join(", ", RecordColumns.NAMES))
                        .fix(Nearest.question(name, RecordColumns.NAMES)));
            }
            if (fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name))) {
                throw new PlanException(
                        Problem.of("TR-468", "two columns would have the name '" + name.toLowerCase(Locale.ROOT) + "'")
                                .because("the values have one, and Kafka's is to be included")
                                .fix("read the records as they are, and take the value apart with from_json"));
            }
            fields.add(RecordColumns.field(name, options.keyType(), false));
        }
        return new Schema(fields);
    }

    @Override
    public Source open(SourceSpec spec, Environment env) throws Exception {
        var errors = new KafkaErrors(
                spec.identity(),
                SourceOptions.of(spec.options(), spec.streaming()).clients());
        return errors.source(() -> new KafkaSource(spec, env));
    }

    @Override
    public SinkSpec describe(String kind, Map<String, String> given, @Nullable Object binding, Environment env) {
        SinkOptions options = SinkOptions.of(given);
        return new SinkSpec(
                KIND,
                "kafka(" + options.topic().orElse("") + ")",
                SinkOptions.checked(given).map(),
                null);
    }

    @Override
    public Sink open(SinkSpec spec, Environment env) {
        return new KafkaSink(spec);
    }
}
