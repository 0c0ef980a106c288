package org.tailrace.exec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;
import org.tailrace.spi.SourceProvider;
import org.tailrace.spi.VirtualTime;

/** Rows that a test wrote down: played by their arrival, or read once and then gone. */
final class ScriptedSource {
    private final String name;
    /** Key and arrival in seconds. */
    private final List<Row> rows = new ArrayList<>();

    /** Row up to which a source that cannot replay has been read. */
    private int read;

    ScriptedSource(String name) {
        this.name = name;
    }

    ScriptedSource row(String key, int second) {
        rows.add(new Row(CountingPlan.INPUT, List.of(key, Instant.ofEpochSecond(second))));
        return this;
    }

    SourceSpec replay() {
        return new SourceSpec(
                "scripted", name, CountingPlan.INPUT, true, Map.of("as", "replay"), Optional.of("ts"), this);
    }

    SourceSpec once() {
        return new SourceSpec("scripted", name, CountingPlan.INPUT, true, Map.of("as", "once"), Optional.empty(), this);
    }

    private record At(int row) implements Offset {
        @Override
        public String json() {
            return String.valueOf(row);
        }
    }

    private static int row(@Nullable Offset offset) {
        return offset == null ? 0 : ((At) offset).row;
    }

    /** Ten seconds a batch. */
    private class Replay implements Source, VirtualTime {
        @Override
        public Capabilities capabilities() {
            return new Capabilities(Source.Replay.DURABLE, true);
        }

        @Override
        public Optional<Offset> plan(@Nullable Offset from, Limit limit) {
            return row(from) < rows.size() ? Optional.of(new At(rows.size())) : Optional.empty();
        }

        @Override
        public BatchReader read(@Nullable Offset from, Offset to) {
            return BatchReader.of(List.of(Batch.of(CountingPlan.INPUT, rows.subList(row(from), row(to)))));
        }

        @Override
        public Offset offset(String json) {
            return new At(Integer.parseInt(json));
        }

        @Override
        public boolean finished(@Nullable Offset from) {
            return row(from) == rows.size();
        }

        @Override
        public OptionalLong nextArrivalMicros(@Nullable Offset from) {
            return row(from) < rows.size() ? OptionalLong.of(micros(row(from))) : OptionalLong.empty();
        }

        private long micros(int row) {
            return ((Instant) rows.get(row).get(1)).getEpochSecond() * 1_000_000;
        }

        @Override
        public Offset until(@Nullable Offset from, long timeMicros) {
            int row = row(from);
            while (row < rows.size() && micros(row) <= timeMicros) {
                row++;
            }
            return new At(row);
        }

        @Override
        public long intervalMicros() {
            return 10_000_000;
        }

        @Override
        public double speed() {
            return 4;
        }

        @Override
        public void close() {}
    }

    private final class Once extends Replay {
        @Override
        public Capabilities capabilities() {
            return new Capabilities(Source.Replay.NONE, false);
        }

        @Override
        public BatchReader read(@Nullable Offset from, Offset to) {
            if (row(from) < read) {
                throw new IllegalStateException("rows from " + row(from) + " on are gone");
            }
            read = row(to);
            return super.read(from, to);
        }
    }

    /** Found by the service loader. */
    public static final class Provider implements SourceProvider {
        @Override
        public Set<String> kinds() {
            return Set.of("scripted");
        }

        @Override
        public SourceSpec describe(
                String kind, Map<String, String> options, Schema schema, boolean streaming, Environment env) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Source open(SourceSpec spec, Environment env) {
            var script = (ScriptedSource) spec.binding();
            if (spec.options().get("as").equals("replay")) {
                return script.new Replay();
            }
            Source once = script.new Once();
            // Without the virtual clock of the class that it shares its script with.
            return new Source() {
                @Override
                public Capabilities capabilities() {
                    return once.capabilities();
                }

                @Override
                public Optional<Offset> plan(@Nullable Offset from, Limit limit) throws Exception {
                    return once.plan(from, limit);
                }

                @Override
                public BatchReader read(@Nullable Offset from, Offset to) throws Exception {
                    return once.read(from, to);
                }

                @Override
                public Offset offset(String json) {
                    return once.offset(json);
                }

                @Override
                public void close() {}
            };
        }
    }
}
