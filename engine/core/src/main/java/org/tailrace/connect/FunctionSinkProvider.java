package org.tailrace.connect;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.env.Environment;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.function.BatchFunction;
import org.tailrace.function.RowFunction;
import org.tailrace.plan.SinkSpec;
import org.tailrace.spi.Options;
import org.tailrace.spi.Sink;
import org.tailrace.spi.SinkProvider;

/**
 * Sinks that are a function of this program: {@code foreach} of rows, and of whole batches {@code foreachbatch},
 * {@code console} and {@code view}, whose functions draw. {@code noop}, and a view without a function, take rows and do
 * nothing.
 */
public final class FunctionSinkProvider implements SinkProvider {
    private static final Set<String> CONSOLE = Set.of("numRows", "truncate");

    @Override
    public Set<String> kinds() {
        return Set.of("foreach", "foreachbatch", "console", "view", "noop");
    }

    @Override
    public SinkSpec describe(String kind, Map<String, String> options, @Nullable Object binding, Environment env) {
        String lower = kind.toLowerCase(Locale.ROOT);
        var checked = new Options(lower, options, lower.equals("console") ? CONSOLE : Set.of());
        checked.number("numRows", 20, 0);
        var spec = new SinkSpec(lower, lower, checked.map(), binding);
        open(spec, env);
        return spec;
    }

    @Override
    @SuppressWarnings("unchecked") // what else the function takes, its own call says
    public Sink open(SinkSpec spec, Environment env) {
        Object binding = spec.binding();
        boolean silent = spec.kind().equals("noop") || spec.kind().equals("view") && binding == null;
        if (silent) {
            return new NoopSink();
        }
        if (binding instanceof RowFunction<?> function) {
            return new RowFunctionSink((RowFunction<Row>) function);
        }
        if (binding instanceof BatchFunction<?> function) {
            return new BatchFunctionSink(spec.kind(), (BatchFunction<Batch>) function);
        }
        throw new PlanException(Problem.of("TR-405", "a " + spec.kind() + " sink has to be a function of this program")
                .fix("forEach(row -> ...) or forEachBatch((table, id) -> ...)"));
    }
}
