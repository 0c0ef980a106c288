package org.tailrace.exec;

import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.env.Environment;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Providers;
import org.tailrace.spi.Source;

/** Reads bounded tables whole, each time anew: a table that a stream is joined with may change between two batches. */
final class StaticTables {
    private final ClassLoader loader;
    private final Environment environment;

    StaticTables(ClassLoader loader, Environment environment) {
        this.loader = loader;
        this.environment = environment;
    }

    BatchReader open(SourceSpec spec) throws InterruptedException {
        Source source = Outside.source(
                spec.identity(),
                "being opened",
                () -> Providers.source(spec.kind(), loader).open(spec, environment));
        return new WholeReader(source, spec.identity());
    }

    /** One range after the other until there is no more. */
    private static final class WholeReader implements BatchReader {
        private final Source source;
        private final String name;
        private @Nullable Offset position;
        private @Nullable BatchReader range;
        private long badRows;

        WholeReader(Source source, String name) {
            this.source = source;
            this.name = name;
        }

        @Override
        public @Nullable Batch next() throws Exception {
            while (true) {
                BatchReader reader = range;
                if (reader == null) {
                    Offset to = Outside.source(name, "planning", () -> source.plan(position, Source.Limit.NONE))
                            .orElse(null);
                    if (to == null) {
                        return null;
                    }
                    range = Outside.source(name, "opening a range", () -> source.read(position, to));
                    position = to;
                } else {
                    Batch rows = Outside.source(name, "giving rows", reader::next);
                    if (rows != null) {
                        return rows;
                    }
                    closeRange();
                }
            }
        }

        private void closeRange() throws Exception {
            BatchReader reader = range;
            range = null;
            if (reader != null) {
                badRows += reader.badRows();
                reader.close();
            }
        }

        @Override
        public long badRows() {
            return badRows + (range == null ? 0 : range.badRows());
        }

        @Override
        public void close() throws Exception {
            try {
                closeRange();
            } finally {
                source.close();
            }
        }
    }
}
