package org.tailrace.kafka;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.tailrace.connect.BadRecordList;
import org.tailrace.data.Batch;
import org.tailrace.data.BatchBuilder;
import org.tailrace.report.BadRow;
import org.tailrace.spi.BatchReader;
import org.tailrace.spi.Format;

/** The rows of a range, partition after partition, each in the order of its offsets. */
final class RecordReader implements BatchReader {
    static final int BLOCK = 8192;

    /** One partition's part of the range. */
    record Span(TopicPartition part, long from, long to) {}

    /** What the source says to what is met on the way. */
    interface Course {
        /** Records are gone: where reading goes on, or an error. */
        long resume(Span span, long offset) throws Exception;

        /** All has been read: whether it was of the topics that were planned. */
        void verify() throws Exception;
    }

    private final Iterator<Span> spans;
    private final Fetcher fetcher;
    private final Course course;
    private final KafkaErrors errors;
    private final RecordDocuments documents;
    private final Format.Reader format;
    private final BadRecordList bad;
    private final BatchBuilder rows;
    private @Nullable Span span;
    private boolean chunk;
    private boolean verified;

    RecordReader(
            List<Span> spans,
            Fetcher fetcher,
            Course course,
            KafkaErrors errors,
            RecordDocuments documents,
            Format.Reader format,
            BadRecordList bad,
            BatchBuilder rows) {
        this.spans = spans.iterator();
        this.fetcher = fetcher;
        this.course = course;
        this.errors = errors;
        this.documents = documents;
        this.format = format;
        this.bad = bad;
        this.rows = rows;
    }

    static List<Span> spans(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .map(end -> new Span(end.getKey(), begins.getOrDefault(end.getKey(), 0L), end.getValue()))
                .filter(span -> span.to() > span.from())
                .toList();
    }

    @Override
    public @Nullable Batch next() throws Exception {
        return errors.source(this::block);
    }

    private @Nullable Batch block() throws Exception {
        while (rows.size() < BLOCK && more()) {
            chunk = format.read(rows, BLOCK - rows.size());
        }
        return rows.size() == 0 ? null : rows.build();
    }

    /** Makes sure that there are documents to read; false at the end of the range. */
    private boolean more() throws Exception {
        while (!chunk) {
            Span reading = span;
            if (reading == null) {
                if (!spans.hasNext()) {
                    if (!verified) {
                        course.verify();
                        verified = true;
                    }
                    return false;
                }
                reading = spans.next();
                span = reading;
                fetcher.begin(reading.part(), reading.from());
            }
            Fetcher.Chunk next = fetch(reading);
            if (next == null) {
                span = null;
            } else {
                documents.give(next);
                chunk = true;
            }
        }
        return true;
    }

    private Fetcher.@Nullable Chunk fetch(Span reading) throws Exception {
        while (true) {
            try {
                return fetcher.next(reading.part(), reading.to());
            } catch (Fetcher.OutOfRange e) {
                long on = course.resume(reading, e.offset);
                if (on >= reading.to()) {
                    return null;
                }
                fetcher.begin(reading.part(), on);
            }
        }
    }

    @Override
    public long badRows() {
        return bad.count();
    }

    @Override
    public List<BadRow> badSamples() {
        return bad.samples();
    }
}
