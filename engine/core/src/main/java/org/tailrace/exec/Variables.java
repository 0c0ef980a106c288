package org.tailrace.exec;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.function.ListState;
import org.tailrace.function.MapState;
import org.tailrace.function.RowVariables;
import org.tailrace.function.Timers;
import org.tailrace.function.ValueState;
import org.tailrace.plan.StatefulSpec.Timeout;
import org.tailrace.plan.TransformSpec;

/** The variables and timers of the key whose turn it is, as a user's processor sees them. */
final class Variables implements RowVariables {
    static final Schema POSITION = Schema.of(new Field("position", DataType.BIGINT));
    private static final Row ALONE = new Row(Schema.of(), List.of());

    private final Map<String, Variable> byName = new HashMap<>();
    private final KeyTimers timers;
    private @Nullable Row turn;
    private long watermarkMs;
    private long batchTimeMs;

    Variables(
            List<TransformSpec.Variable> variables,
            Map<String, EntryStore> stores,
            EntryStore timers,
            Timeout timeout) {
        for (TransformSpec.Variable variable : variables) {
            byName.put(variable.name(), new Variable(stores.get(variable.name()), variable));
        }
        this.timers = new KeyTimers(timers, timeout);
    }

    void begin(long batchWatermarkMs, long nowMs) {
        watermarkMs = batchWatermarkMs;
        batchTimeMs = nowMs;
    }

    /** @param key null when no call is going on */
    void turn(@Nullable Row key) {
        turn = key;
    }

    Timers timers() {
        return timers;
    }

    private Row key() {
        if (turn == null) {
            throw new IllegalStateException("state belongs to a key: it may be used in handle.. calls only");
        }
        return turn;
    }

    @Override
    public ValueState<Row> value(String name) {
        return byName.get(name);
    }

    @Override
    public ListState<Row> list(String name) {
        return byName.get(name).new Elements();
    }

    @Override
    public MapState<Row, Row> map(String name) {
        return byName.get(name).new Entries();
    }

    private final class Variable implements ValueState<Row> {
        private final EntryStore store;
        private final long timeToLiveMs;

        Variable(EntryStore store, TransformSpec.Variable variable) {
            this.store = store;
            timeToLiveMs = variable.timeToLiveMs();
        }

        private void write(Row at, Row value) {
            long until = timeToLiveMs > 0 ? Math.addExact(batchTimeMs, timeToLiveMs) : Entry.NEVER;
            store.put(new Entry(key(), at, value, until));
        }

        private Optional<Row> read(Row at) {
            Entry entry = store.get(key(), at);
            return entry == null || entry.expiresMs() <= batchTimeMs ? Optional.empty() : Optional.of(entry.value());
        }

        private List<Entry> living() {
            return store.of(key()).stream()
                    .filter(e -> e.expiresMs() > batchTimeMs)
                    .toList();
        }

        @Override
        public Optional<Row> get() {
            return read(ALONE);
        }

        @Override
        public void set(Row value) {
            write(ALONE, value);
        }

        @Override
        public void clear() {
            store.removeAll(key());
        }

        private final class Elements implements ListState<Row> {
            @Override
            public List<Row> get() {
                return living().stream().map(Entry::value).toList();
            }

            @Override
            public void add(Row value) {
                write(
                        new Row(
                                POSITION,
                                List.of(store.last(key())
                                        .map(e -> (Long) e.at().get(0) + 1)
                                        .orElse(0L))),
                        value);
            }

            @Override
            public void clear() {
                Variable.this.clear();
            }
        }

        private final class Entries implements MapState<Row, Row> {
            @Override
            public Optional<Row> get(Row at) {
                return read(at);
            }

            @Override
            public void put(Row at, Row value) {
                write(at, value);
            }

            @Override
            public void remove(Row at) {
                store.remove(key(), at);
            }

            @Override
            public Map<Row, Row> entries() {
                var entries = new LinkedHashMap<Row, Row>();
                living().forEach(e -> entries.put(e.at(), e.value()));
                return entries;
            }

            @Override
            public void clear() {
                Variable.this.clear();
            }
        }
    }

    private final class KeyTimers implements Timers {
        private static final Schema TIME = Schema.of(new Field("time_ms", DataType.BIGINT));
        private final EntryStore store;
        private final Timeout timeout;

        KeyTimers(EntryStore store, Timeout timeout) {
            this.store = store;
            this.timeout = timeout;
        }

        @Override
        public long watermarkMs() {
            return watermarkMs;
        }

        @Override
        public long batchTimeMs() {
            return batchTimeMs;
        }

        @Override
        public void registerMs(long timeMs) {
            if (timeout == Timeout.NONE) {
                throw new UnsupportedOperationException(
                        "timers need a time: .timeMode(TimeMode.EVENT_TIME) or PROCESSING_TIME before the processor");
            }
            Row at = at(timeMs);
            if (store.get(key(), at) == null) {
                store.put(new Entry(key(), at, ALONE, timeMs));
            }
        }

        @Override
        public void registerAfter(Duration length) {
            registerMs(Math.addExact(timeout == Timeout.EVENT_TIME ? watermarkMs : batchTimeMs, length.toMillis()));
        }

        @Override
        public void deleteMs(long timeMs) {
            store.remove(key(), at(timeMs));
        }

        @Override
        public List<Instant> list() {
            return store.of(key()).stream()
                    .map(e -> Instant.ofEpochMilli(e.expiresMs()))
                    .toList();
        }

        private Row at(long timeMs) {
            return new Row(TIME, List.of(timeMs));
        }
    }
}
