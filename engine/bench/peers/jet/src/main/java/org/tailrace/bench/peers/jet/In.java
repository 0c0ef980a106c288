package org.tailrace.bench.peers.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sources;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tailrace.bench.data.Ads;
import org.tailrace.bench.data.Data;
import org.tailrace.bench.data.Events;
import org.tailrace.bench.data.Lines;
import org.tailrace.bench.data.Query;

/**
 * The data as Jet reads it: an event is the number of its row, and what is asked of it is read from the arrays, which is
 * projection push-down without a copy. Every row goes to one of two processors in turn, so that both see event time ascend.
 */
final class In {
    static final LongAdder READ = new LongAdder();

    /** The data of the query that runs; functions find it here, as Jet serialises them. */
    static Events events = Data.of(Query.Q0, 50, 50, 50).events();

    static Ads ads = Data.of(Query.YAHOO, 50, 50, 50).ads();
    static Map<String, String> campaigns = Map.of();
    static String[] lines = {};

    private In() {}

    static void set(Data data) {
        if (data.site() != null) {
            events = data.events();
        }
        if (data.advertised() != null) {
            ads = data.ads();
            int[] owners = ads.owners();
            campaigns = IntStream.range(0, owners.length)
                    .boxed()
                    .collect(Collectors.toMap(i -> ads.ads.values[i], i -> ads.campaigns.values[owners[i]]));
        }
        if (data.text() != null) {
            Lines text = data.lines();
            lines = new String[text.count];
            Arrays.setAll(
                    lines,
                    i -> new String(
                            text.bytes,
                            text.offsets[i],
                            text.offsets[i + 1] - text.offsets[i],
                            StandardCharsets.UTF_8));
        }
    }

    static BatchStage<Integer> bids(Pipeline pipeline) {
        return rows(pipeline, "bids", events.bids);
    }

    static BatchStage<Integer> auctions(Pipeline pipeline) {
        return rows(pipeline, "auctions", events.auctions);
    }

    static BatchStage<Integer> persons(Pipeline pipeline) {
        return rows(pipeline, "persons", events.persons);
    }

    static BatchStage<Integer> ads(Pipeline pipeline) {
        return rows(pipeline, "ads", ads.events);
    }

    static BatchStage<Integer> lines(Pipeline pipeline) {
        return rows(pipeline, "lines", lines.length);
    }

    private static BatchStage<Integer> rows(Pipeline pipeline, String name, int count) {
        BatchStage<Integer> stage = pipeline.readFrom(
                Sources.batchFromProcessor(name, ProcessorMetaSupplier.of(2, () -> new Numbers(count))));
        return stage.setLocalParallelism(2);
    }

    /** The numbers of rows, every n-th of them. */
    private static final class Numbers extends AbstractProcessor {
        private final int count;
        private int first;
        private int next;
        private int step;
        private Traverser<Integer> rows = () -> null;

        Numbers(int count) {
            this.count = count;
        }

        @Override
        protected void init(Context context) {
            first = context.globalProcessorIndex();
            next = first;
            step = context.totalParallelism();
            rows = () -> {
                if (next >= count) {
                    return null;
                }
                int row = next;
                next += step;
                return row;
            };
        }

        @Override
        public boolean complete() {
            if (!emitFromTraverser(rows)) {
                return false;
            }
            READ.add((next - first) / step);
            return true;
        }
    }
}
