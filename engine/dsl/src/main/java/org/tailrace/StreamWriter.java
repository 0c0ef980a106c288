package org.tailrace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tailrace.data.Batch;
import org.tailrace.error.Place;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;
import org.tailrace.function.BatchFunction;
import org.tailrace.plan.OutputMode;
import org.tailrace.plan.PlanRules;
import org.tailrace.plan.ResolvedPlan;
import org.tailrace.plan.SinkSpec;
import org.tailrace.plan.Trigger;
import org.tailrace.render.ViewSpec;
import org.tailrace.spi.Backend.OnError;

/**
 * A table on its way to a sink: mode, trigger and checkpoint, then {@link #start}. Append mode and as fast as possible
 * unless said. Immutable.
 */
public final class StreamWriter {
    private final StreamTable table;
    private final SinkSpec sink;
    private final RunOptions options;

    StreamWriter(StreamTable table, SinkSpec sink) {
        this(table, sink, RunOptions.DEFAULT);
    }

    private StreamWriter(StreamTable table, SinkSpec sink, RunOptions options) {
        this.table = table;
        this.sink = sink;
        this.options = options;
    }

    private StreamWriter with(RunOptions to) {
        return new StreamWriter(table, sink, to);
    }

    /** Sends rows that will not change any more. */
    public StreamWriter append() {
        return mode(OutputMode.APPEND);
    }

    /** Sends rows that the batch touched. */
    public StreamWriter update() {
        return mode(OutputMode.UPDATE);
    }

    /** Sends the whole result. */
    public StreamWriter complete() {
        return mode(OutputMode.COMPLETE);
    }

    /**
     * {@code append}, {@code update} or {@code complete}.
     *
     * @throws PlanException TR-201 if it is none of these
     */
    public StreamWriter outputMode(String name) {
        return mode(PlanRules.mode(name));
    }

    private StreamWriter mode(OutputMode to) {
        return with(options.with(to));
    }

    /** A batch at each multiple of the interval, such as {@code "5 seconds"}: the batch interval. */
    public StreamWriter every(String interval) {
        return trigger(new Trigger.Every(Every.millis("every", interval)));
    }

    public StreamWriter every(Duration interval) {
        return every(Durations.text(interval));
    }

    public StreamWriter asFastAsPossible() {
        return trigger(new Trigger.AsFastAsPossible());
    }

    /** One batch with all that is there, then the end. */
    public StreamWriter once() {
        return trigger(new Trigger.Once());
    }

    /** All that is there now, in batches of the sources' limits, then the end. */
    public StreamWriter availableNow() {
        return trigger(new Trigger.AvailableNow());
    }

    /** A batch when {@code q.step()} is called. */
    public StreamWriter step() {
        return trigger(new Trigger.Step());
    }

    private StreamWriter trigger(Trigger to) {
        return with(options.with(to));
    }

    /** Where progress and state are kept, so that the query resumes where it was; without one it starts empty each time. */
    public StreamWriter checkpoint(String directory) {
        return checkpoint(Path.of(directory));
    }

    public StreamWriter checkpoint(Path directory) {
        return with(options.with(directory));
    }

    /** What becomes of a row for which a lambda throws. */
    public StreamWriter onError(OnError policy) {
        return with(options.with(policy));
    }

    /**
     * The query stops before it keeps more rows of state than this; without, the session's {@code tailrace.state.maxRows}.
     *
     * @throws PlanException TR-161 if it is not positive
     */
    public StreamWriter maxStateRows(long rows) {
        if (rows <= 0) {
            throw new PlanException(Problem.of("TR-161", "a budget of " + rows + " rows leaves no room for any state")
                    .fix("write a positive number"));
        }
        return with(options.withMaxStateRows(rows));
    }

    /**
     * The query stops before its state takes more memory than this, such as {@code "512 MB"}; without, the session's
     * {@code tailrace.state.maxBytes}, which is half of the heap unless said.
     *
     * @throws PlanException TR-161 if it is no size
     */
    public StreamWriter maxStateBytes(String size) {
        return with(options.withMaxStateBytes(ByteSize.parse("maxStateBytes", size)));
    }

    /** Starts under the name of the variable that is being assigned. */
    public Query start() {
        return start(table.session().freshName());
    }

    /**
     * Validates the whole plan, stops the query of that name if there is one, and starts.
     *
     * @throws PlanException with a code of TR-2xx and the cure if the plan cannot run so; nothing is stopped then
     */
    public Query start(String name) {
        OutputMode said = options.mode();
        OutputMode chosen = said == null ? OutputMode.APPEND : said;
        try {
            PlanRules.check(table.resolved(), chosen, sink, options.trigger());
        } catch (PlanException refused) {
            throw placed(refused, "start", name);
        }
        return run(name, chosen);
    }

    /** As {@link #start()}, in the first legal mode if none was said. */
    public Query live() {
        return live(table.session().freshName());
    }

    public Query live(String name) {
        if (options.mode() != null) {
            return start(name);
        }
        PlanException first = null;
        for (OutputMode each : modes()) {
            try {
                PlanRules.check(table.resolved(), each, sink, options.trigger());
                return run(name, each);
            } catch (PlanException refused) {
                first = first == null ? refused : first;
            }
        }
        throw placed(java.util.Objects.requireNonNull(first), "live", name);
    }

    private List<OutputMode> modes() {
        var modes = new ArrayList<OutputMode>();
        if (!keepsState(table.resolved())) {
            modes.add(OutputMode.APPEND);
        }
        modes.addAll(List.of(OutputMode.UPDATE, OutputMode.COMPLETE, OutputMode.APPEND));
        return modes;
    }

    private static boolean keepsState(ResolvedPlan plan) {
        return PlanRules.stateful(plan) || plan.children().stream().anyMatch(StreamWriter::keepsState);
    }

    private Query run(String name, OutputMode chosen) {
        Optional<ViewSpec> view = sink.binding() instanceof ViewSpec spec ? Optional.of(spec) : Optional.empty();
        return table.session().started().start(name, table, bound(), options.with(chosen), view);
    }

    /** A rule of the plan has no text of its own: it points at the verb that broke it. */
    private PlanException placed(PlanException refused, String verb, String name) {
        if (refused.place().isPresent()) {
            return refused;
        }
        OutputMode mode = options.mode();
        String text = ".to(" + sink.identity() + ")"
                + (mode == null ? "" : "." + mode.name().toLowerCase(Locale.ROOT) + "()") + "." + verb + "(\"" + name
                + "\")";
        int at = text.lastIndexOf("." + verb) + 1;
        return new PlanException(refused.problem().at(new Place("sql", text, at, at + verb.length())));
    }

    /** The sink with lambdas over tables turned into lambdas over batches. */
    @SuppressWarnings("unchecked")
    private SinkSpec bound() {
        if (sink.kind().equals("foreachbatch") && sink.binding() instanceof BatchFunction<?> function) {
            Tailrace session = table.session();
            var typed = (BatchFunction<StreamTable>) function;
            BatchFunction<Batch> rows = (batch, id) -> typed.accept(session.bounded(batch), id);
            return new SinkSpec(sink.kind(), sink.identity(), sink.options(), rows);
        }
        return sink;
    }
}
