package org.tailrace.connect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.Options;
import org.tailrace.spi.Sink;
import org.tailrace.spi.SinkProvider;
import org.tailrace.spi.Source;
import org.tailrace.spi.SourceProvider;

/**
 * The kind {@code memory}. A stream reads a {@link MemoryTable}; a bounded table also the rows of a {@link MemoryResult}
 * or one {@link Batch}: the object is the spec's binding.
 */
public final class MemoryProvider implements SourceProvider, SinkProvider {

    @Override
    public Set<String> kinds() {
        return Set.of("memory");
    }

    @Override
    public SourceSpec describe(
            String kind, Map<String, String> options, Schema schema, boolean streaming, Environment env) {
        throw unbound("source", "streams.memory(name, schema)");
    }

    @Override
    public SinkSpec describe(String kind, Map<String, String> options, @Nullable Object binding, Environment env) {
        var checked = new Options(kind, options, List.of());
        if (binding instanceof MemoryResult result) {
            return new SinkSpec(kind, "memory(" + result.name() + ")", checked.map(), result);
        }
        throw unbound("sink", "memory(name)");
    }

    @Override
    public Source open(SourceSpec spec, Environment env) {
        Object binding = spec.binding();
        if (binding instanceof MemoryTable table) {
            return spec.streaming() ? new MemorySource(table) : new BoundedSource(spec.identity(), table.held());
        }
        if (binding instanceof MemoryResult result) {
            return new BoundedSource(spec.identity(), result.blocks());
        }
        if (binding instanceof Batch rows) {
            return new BoundedSource(spec.identity(), List.of(rows));
        }
        throw unbound("source", "streams.memory(name, schema)");
    }

    @Override
    public Sink open(SinkSpec spec, Environment env) {
        if (spec.binding() instanceof MemoryResult result) {
            return new MemorySink(result);
        }
        throw unbound("sink", "memory(name)");
    }

    private static PlanException unbound(String what, String fix) {
        return new PlanException(Problem.of("TR-405", "a memory " + what + " has to be an object of this program")
                .fix(fix));
    }
}
