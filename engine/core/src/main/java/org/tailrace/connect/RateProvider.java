package org.tailrace.connect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Options;
import org.tailrace.spi.Source;
import org.tailrace.spi.SourceProvider;

/** The kinds {@code rate} and {@code rate-micro-batch}, with Spark's options. */
public final class RateProvider implements SourceProvider {
    private static final String STEADY = "rate";
    private static final String BY_BATCH = "rate-micro-batch";

    @Override
    public Set<String> kinds() {
        return Set.of(STEADY, BY_BATCH);
    }

    @Override
    public SourceSpec describe(
            String name, Map<String, String> options, Schema schema, boolean streaming, Environment env) {
        String kind = name.toLowerCase(Locale.ROOT);
        if (!streaming) {
            throw new PlanException(Problem.of("TR-406", kind + " never ends and cannot be a bounded table"));
        }
        Fixed.schema(kind, RateSource.SCHEMA, schema);
        Options checked = options(kind, options);
        var spec = new SourceSpec(kind, identity(kind, checked), RateSource.SCHEMA, true, checked.map());
        make(spec, env);
        return spec;
    }

    private static Options options(String kind, Map<String, String> options) {
        return new Options(
                kind,
                options,
                kind.equals(STEADY)
                        ? List.of("rowsPerSecond", "rampUpTime", "numPartitions")
                        : List.of("rowsPerBatch", "numPartitions", "startTimestamp", "advanceMillisPerBatch"));
    }

    private static String identity(String kind, Options options) {
        return kind.equals(STEADY)
                ? "rate(" + options.text("rowsPerSecond", "1") + " a second)"
                : "rate-micro-batch(" + options.required("rowsPerBatch") + " a batch)";
    }

    @Override
    public Source open(SourceSpec spec, Environment env) {
        return make(spec, env);
    }

    private static Source make(SourceSpec spec, Environment env) {
        Options options = options(spec.kind(), spec.options());
        options.number("numPartitions", 1, 1);
        if (spec.kind().equals(STEADY)) {
            return new RateSource(
                    spec.identity(),
                    options.number("rowsPerSecond", 1, 1),
                    options.durationMs("rampUpTime", 0),
                    env.clock());
        }
        return new RateMicroBatchSource(
                spec.identity(),
                options.number("rowsPerBatch", 0, 1),
                options.number("startTimestamp", 0, 0),
                options.number("advanceMillisPerBatch", 1000, 0));
    }
}
