package org.tailrace.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.BadRecordList;
import org.tailrace.data.BatchBuilder;
import org.tailrace.data.Schema;
import org.tailrace.env.Environment;
import org.tailrace.plan.SourceSpec;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Format;
import org.tailrace.spi.Offset;
import org.tailrace.spi.Source;

/**
 * Reads topics by ranges of offsets, which the engine keeps. The first range is planned at once, and may be empty: it writes
 * down where the query begins, so that nothing is passed over that arrives before the first row was read.
 *
 * <p>A range's rows come partition after partition. By default only what transactions have committed is read.
 */
final class KafkaSource implements Source {
    private static final long POLL_MS = 100;

    private final SourceSpec spec;
    private final SourceOptions options;
    private final KafkaErrors errors;
    private final Cluster cluster;
    private final Fetcher fetcher;
    private final Throttle throttle;
    private final Losses losses;
    private final Survey survey;

    KafkaSource(SourceSpec spec, Environment env) {
        this.spec = spec;
        options = SourceOptions.of(spec.options(), spec.streaming());
        errors = new KafkaErrors(spec.identity(), options.clients());
        throttle = new Throttle(options.limits(), env.clock());
        losses = new Losses(spec.identity(), options.failOnDataLoss());
        cluster = new Cluster(options.clients());
        fetcher = new Fetcher(options.clients(), env.clock(), options.pollTimeoutMs());
        survey = new Survey(spec.identity(), options, cluster, losses);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Replay.DURABLE, !spec.streaming());
    }

    @Override
    public Optional<Offset> plan(@Nullable Offset from, Limit limit) throws Exception {
        var before = (KafkaOffset) from;
        if (!spec.streaming() && before != null) {
            return Optional.empty();
        }
        return errors.source(() -> planned(before));
    }

    private Optional<Offset> planned(@Nullable KafkaOffset before) throws Exception {
        KafkaOffset all = survey.now(before);
        SortedMap<TopicPartition, Long> begins = all.begins(before);
        if (before != null) {
            boolean same = all.starts().isEmpty() && all.ends().equals(before.ends());
            if (same || throttle.waits(begins, all.ends())) {
                return Optional.empty();
            }
        }
        return Optional.of(
                spec.streaming()
                        ? new KafkaOffset(throttle.ends(begins, all.ends()), all.starts(), all.ids())
                        : survey.bounded(all));
    }

    @Override
    public Optional<Offset> latest(@Nullable Offset from) throws Exception {
        return Optional.of(errors.source(() -> survey.now((KafkaOffset) from)));
    }

    @Override
    public boolean reached(Offset at, Offset target) {
        return ((KafkaOffset) at).reaches((KafkaOffset) target);
    }

    @Override
    public BatchReader read(@Nullable Offset from, Offset to) throws Exception {
        var end = (KafkaOffset) to;
        SortedMap<TopicPartition, Long> begins = end.begins((KafkaOffset) from);
        return errors.source(() -> {
            SortedMap<TopicPartition, Long> readable = readable(end, begins);
            fetcher.assign(readable);
            SortedMap<TopicPartition, Long> ends = new TreeMap<>(end.ends());
            ends.keySet().retainAll(readable.keySet());
            List<RecordReader.Span> spans = RecordReader.spans(readable, ends);
            return reader(spans, end);
        });
    }

    /** Without the partitions of topics that are not what they were, if that is to be passed over. */
    private SortedMap<TopicPartition, Long> readable(KafkaOffset end, SortedMap<TopicPartition, Long> begins)
            throws Exception {
        Map<String, Cluster.Topic> topics = cluster.describe(end.ids().keySet());
        SortedMap<TopicPartition, Long> readable = new TreeMap<>(begins);
        end.ids().forEach((name, id) -> {
            Cluster.Topic topic = topics.get(name);
            if (losses.changed(name, id, topic)) {
                fetcher.forget(name);
                readable.keySet().removeIf(part -> part.topic().equals(name));
            }
        });
        return readable;
    }

    private BatchReader reader(List<RecordReader.Span> spans, KafkaOffset end) {
        Schema schema = spec.schema();
        Format format = options.format();
        int first = format == null ? 0 : schema.size() - options.include().size();
        List<String> columns = format == null ? schema.names() : options.include();
        BadRecordList bad = BadRecordList.of(spec.identity(), SourceOptions.checked(spec.options()));
        KeyReader keys = options.key().map(key -> new KeyReader(key, bad)).orElse(null);
        var documents = new RecordDocuments(new RecordColumns(columns, first, keys), keys);
        Format.Reader reader = format == null
                ? new PlainReader(documents, options.keyText(), options.valueText(), bad)
                : format.reader(
                        documents,
                        options.ofFormat(),
                        new Schema(schema.fields().subList(0, first)),
                        bad);
        return new RecordReader(
                spans,
                fetcher,
                new RecordReader.Course() {
                    @Override
                    public long resume(RecordReader.Span span, long offset) throws Exception {
                        return passOver(span, offset);
                    }

                    @Override
                    public void verify() throws Exception {
                        if (!spans.isEmpty()) {
                            readable(end, KafkaOffset.map());
                        }
                    }
                },
                errors,
                documents,
                reader,
                bad,
                new BatchBuilder(schema));
    }

    private long passOver(RecordReader.Span span, long offset) throws Exception {
        long earliest = cluster.earliest(List.of(span.part())).answer().getOrDefault(span.part(), span.to());
        // An offset beyond the last one is out of range too: nothing of the range is there.
        long on = earliest > offset ? Math.min(earliest, span.to()) : span.to();
        losses.gone(span.part(), offset, span.to(), on, earliest);
        return on;
    }

    @Override
    public Offset offset(String json) {
        return KafkaOffset.parse(spec.identity(), json);
    }

    @Override
    public boolean finished(@Nullable Offset from) {
        return !spec.streaming() && from != null;
    }

    @Override
    public long pollMs() {
        return spec.streaming() ? POLL_MS : 0;
    }

    @Override
    public List<String> notes() {
        return losses.notes();
    }

    @Override
    public void close() {
        try {
            fetcher.close();
        } finally {
            cluster.close();
        }
    }
}
