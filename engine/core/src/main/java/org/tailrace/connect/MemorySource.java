package org.tailrace.connect;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/** Reads a memory table as a stream; an offset counts its blocks. */
final class MemorySource implements Source {
    private final MemoryTable table;

    MemorySource(MemoryTable table) {
        this.table = table;
        table.enter(this, () -> {});
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.PROCESS, false);
    }

    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) {
        long start = Numbers.first(from);
        long end = table.available();
        if (end == start) {
            return Optional.empty();
        }
        long rows = 0;
        long to = start;
        for (var block : table.read(start, end)) {
            rows += block.size();
            if (to > start && rows > limit.maxRows()) {
                break;
            }
            to++;
        }
        return Optional.of(Numbers.of(to));
    }

    @Override
    public Optional<Offset> latest(@Nullable Offset from) {
        long end = table.available();
        return end == 0 ? Optional.empty() : Optional.of(Numbers.of(end));
    }

    @Override
    public boolean reached(Offset at, Offset target) {
        return Numbers.first(at) >= Numbers.first(target);
    }

    @Override
    public BatchReader read(@Nullable Offset from, Offset to) {
        return BatchReader.of(table.read(Numbers.first(from), Numbers.first(to)));
    }

    @Override
    public void commit(Offset to) {
        table.commit(this, Numbers.first(to));
    }

    @Override
    public Offset offset(String json) {
        return Numbers.parse("memory(" + table.name() + ")", json, 1);
    }

    @Override
    public void onAvailable(Runnable wake) {
        table.enter(this, wake);
    }

    @Override
    public void close() {
        table.leave(this);
    }
}
