package org.tailrace.connect;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.data.Batch;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/** Gives rows that are there already, once. */
final class BoundedSource implements Source {
    private final String identity;
    private final List<Batch> rows;

    BoundedSource(String identity, List<Batch> rows) {
        this.identity = identity;
        this.rows = List.copyOf(rows);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.PROCESS, true);
    }

    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) {
        return from == null ? Optional.of(Numbers.of(rows.size())) : Optional.empty();
    }

    @Override
    public BatchReader read(@Nullable Offset from, Offset to) {
        return BatchReader.of(rows.subList((int) Numbers.first(from), (int) Numbers.first(to)));
    }

    @Override
    public Offset offset(String json) {
        return Numbers.parse(identity, json, 1);
    }

    @Override
    public boolean finished(@Nullable Offset from) {
        return from != null;
    }

    @Override
    public long[] progress(@Nullable Offset from) {
        long total = rows.stream().mapToLong(Batch::size).sum();
        return new long[] {from == null ? 0 : total, total};
    }

    @Override
    public void close() {}
}
