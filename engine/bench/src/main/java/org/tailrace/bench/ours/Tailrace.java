package org.tailrace.bench.ours;

import org.jspecify.annotations.Nullable;
import org.tailrace.bench.contest.Answer;
import org.tailrace.bench.contest.Contender;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Query;

/**
 * The engine as a notebook runs it: micro-batches, watermark, reports and the folded result on, no checkpoint, results made
 * and given to a sink that drops them.
 */
public final class Tailrace implements Contender {
    private final boolean raw;
    private @Nullable Feed feed;

    /** @param raw strings arrive as plain UTF-8 and not as dictionary codes */
    public Tailrace(boolean raw) {
        this.raw = raw;
    }

    @Override
    public boolean can(Query query) {
        return true;
    }

    @Override
    public boolean approximates() {
        return true;
    }

    @Override
    public void prepare(Query query, Data data) {
        feed = new Feed(query, data, raw);
    }

    @Override
    public double leastSeconds() {
        return 1;
    }

    @Override
    public long run(Query query, Data data, Answer answer) throws InterruptedException {
        try (var run = new Run(query, data.perSecond(), java.util.Objects.requireNonNull(feed), answer.keeps())) {
            run.feed();
            run.rows().forEach(answer::add);
            return run.rowsRead();
        }
    }
}
