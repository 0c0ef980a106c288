package org.tailrace;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.RecordBinding;
import org.tailrace.data.Row;
import org.tailrace.dstream.DStream;
import org.tailrace.dstream.Host;
import org.tailrace.expr.Positions;
import org.tailrace.plan.Plan;
import org.tailrace.spi.RunningQuery;

/**
 * Where DStreams come from: {@code streams.dstream("1 second")} says the batch interval, a source what is in their RDDs.
 *
 * <p>On Spark: {@code StreamingContext}, but that each output operation is a query of its own, which starts at once.
 */
public final class DStreams {
    private final Tailrace session;
    private final long intervalMs;
    private final @Nullable Path checkpoint;
    private final boolean byHand;

    DStreams(Tailrace session, long intervalMs, @Nullable Path checkpoint, boolean byHand) {
        this.session = session;
        this.intervalMs = intervalMs;
        this.checkpoint = checkpoint;
        this.byHand = byHand;
    }

    static long millis(String interval) {
        return Every.millis("dstream", interval);
    }

    /** A directory for what the queries keep, one inside it for each by its name: give the output operations names. */
    public DStreams checkpoint(String directory) {
        return new DStreams(session, intervalMs, Path.of(directory), byHand);
    }

    /** An RDD when {@code step(1)} is called on the query and there are rows, and not by time. */
    public DStreams step() {
        return new DStreams(session, intervalMs, checkpoint, true);
    }

    /** The lines that a TCP server sends. */
    public DStream<String> socket(String hostName, int port) {
        return lines(session.socket(hostName, port));
    }

    /** The lines of files that appear in a directory. */
    public DStream<String> textFiles(String directory) {
        return lines(session.files(directory).text());
    }

    private DStream<String> lines(StreamTable table) {
        return DStream.of(new Runner(), table.plan(), table.schema(), row -> String.valueOf(row.get(0)), intervalMs);
    }

    /** The rows of any table, as records. */
    public <T> DStream<T> from(StreamTable table, Class<T> type) {
        RecordBinding<T> binding = RecordBinding.of(type, table.schema());
        return DStream.of(new Runner(), table.plan(), table.schema(), binding::record, intervalMs);
    }

    public DStream<Row> from(StreamTable table) {
        return DStream.of(new Runner(), table.plan(), table.schema(), row -> row, intervalMs);
    }

    private final class Runner implements Host {
        @Override
        public RunningQuery start(@Nullable String name, Plan plan, boolean print) {
            String chosen = name == null ? session.freshName() : name;
            StreamWriter writer = session.table(plan, new Positions()).to(print ? Dsl.console() : Dsl.noop());
            writer = byHand ? writer.step() : writer.every(java.time.Duration.ofMillis(intervalMs));
            return (checkpoint == null ? writer : writer.checkpoint(checkpoint.resolve(chosen)))
                    .append()
                    .start(chosen)
                    .running();
        }

        @Override
        public boolean byTime() {
            return !byHand;
        }

        @Override
        public boolean durable() {
            return checkpoint != null;
        }

        @Override
        public Optional<Class<?>> type(String name) {
            try {
                return Optional.of(Class.forName(name, false, session.classLoader()));
            } catch (ClassNotFoundException e) {
                return Optional.empty();
            }
        }
    }
}
